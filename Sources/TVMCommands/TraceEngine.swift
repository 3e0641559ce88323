import ArgumentParser
import Engine
import InstructionSet
import ModuleExecution
import ModuleFuzzing
import Reference
import TransformerVM

/// What executes modules of the full profile.
enum TraceEngine: Hashable {
  /// The interpreter in plain Swift.
  case reference
  /// The graph, without weights.
  case evaluation
  /// The transformer.
  case transformer(EngineChoice)

  /// Makes machines that stand behind the prompts of programs.
  ///
  /// - Throws: what keeps the machine from being made.
  func machines() throws -> @Sendable (FullProgram) throws -> any TraceMachine {
    let executor: Executor
    switch self {
    case .reference: return { FullReferenceInterpreter($0) }
    case .evaluation: executor = Executor(machine: try Pipeline.universalMachine(.full))
    case .transformer(let engine):
      let machine = try Pipeline.universalMachine(.full)
      let model = try Pipeline.weights(for: machine, schedule: Pipeline.shippedSchedule(for: machine))
      executor = try Executor(model: model, engine: engine)
    }
    return { try TransformerTrace(behind: $0, on: executor) }
  }
}

extension TraceEngine {
  /// What explains a token that the engine gets wrong; nil where there are no weights.
  ///
  /// - Throws: what keeps the model from being made.
  func explainedModel() throws -> ExplainedModel? {
    guard case .transformer = self else { return nil }
    let machine = try Pipeline.universalMachine(.full)
    let schedule = try Pipeline.shippedSchedule(for: machine)
    return ExplainedModel(machine, schedule, try Pipeline.weights(for: machine, schedule: schedule))
  }
}

extension TraceEngine: ExpressibleByArgument {
  init?(argument: String) {
    switch argument {
    case "reference": self = .reference
    case "eval": self = .evaluation
    default:
      guard let engine = EngineChoice(argument: argument) else { return nil }
      self = .transformer(engine)
    }
  }

  /// The word that stands for the engine.
  var defaultValueDescription: String {
    switch self {
    case .reference: "reference"
    case .evaluation: "eval"
    case .transformer(let engine): engine.rawValue
    }
  }
}
