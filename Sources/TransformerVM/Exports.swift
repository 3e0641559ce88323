// One import for a user of the library: the modules of the pipeline are part of its surface.
@_exported public import Engine
@_exported public import Evaluator
@_exported public import Graph
@_exported public import InstructionSet
@_exported public import Machine
@_exported public import ModuleExecution
@_exported public import ProgramCompiler
@_exported public import Reference
@_exported public import Scheduler
@_exported public import Transformer
@_exported public import WeightConstruction
