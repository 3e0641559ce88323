import InstructionSet
import Scheduler
import Transformer
import TransformerVM

/// What several suites run programs with.
enum Machines {
  /// The universal machine's weights by the plan that ships.
  static func universalModel() throws -> TransformerModel {
    let machine = try Pipeline.universalMachine()
    return try Pipeline.weights(for: machine, schedule: try Pipeline.shippedSchedule(for: machine.graph))
  }

  /// A model with a program in its weights, scheduled without a solver.
  static func specializedModel(_ program: Program) throws -> TransformerModel {
    try Specialization(of: program, options: SchedulingOptions(solver: .list, timeLimit: 10)).model
  }

  /// Everything that can execute the universal machine's prompts.
  static func universalExecutors() throws -> [Executor] {
    let model = try universalModel()
    let machine = try Pipeline.universalMachine()
    return try Executor.EngineKind.allCases.map { try Executor(model: model, engine: $0) } + [
      Executor(machine: machine)
    ]
  }

  /// How a program fares, compared with the reference interpreter.
  static func report(
    _ program: Program, prompt: [Token]? = nil, on executor: Executor, name: String = "test"
  ) throws -> RunReport {
    var check: TraceCheck? = TraceCheck(program)
    let run = try ProgramRun(prompt ?? program.prompt, on: executor) { check?.check($0, $1) ?? true }
    return run.report(name: name, engine: executor.name, check: check)
  }
}
