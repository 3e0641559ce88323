import Engine
import Foundation
import InstructionSet
import Scheduler
import Transformer
import TransformerVM

/// What several suites run programs with.
enum Machines {
  /// The universal machine's weights by the plan that ships.
  static func universalModel() throws -> TransformerModel {
    let machine = try Pipeline.universalMachine()
    return try Pipeline.weights(for: machine, schedule: try Pipeline.shippedSchedule(for: machine))
  }

  /// A model with a program in its weights, scheduled without a solver and without much searching.
  static func specializedModel(_ program: Program) throws -> TransformerModel {
    var options = SchedulingOptions(solver: .list, timeLimit: 10)
    options.rounds = 2
    return try Specialization(of: .base(program), options: options).model
  }

  /// Compiled code of tests, kept from one run of them to the next and away from the user's own.
  static let codeCache: CodeCache = {
    var environment = ProcessInfo.processInfo.environment
    let folder = FileManager.default.temporaryDirectory.appending(path: "tvm-tests-\(NSUserName())")
    environment["TVM_CACHE"] = folder.path
    return CodeCache(environment: environment)
  }()

  /// A model in every engine.
  static func executors(_ model: TransformerModel) throws -> [Executor] {
    try EngineChoice.allCases.map { try Executor(model: model, engine: $0, codeCache: codeCache) }
  }

  /// Everything that can execute the universal machine's prompts.
  static func universalExecutors() throws -> [Executor] {
    try executors(universalModel()) + [Executor(machine: Pipeline.universalMachine())]
  }

  /// How a program fares, compared with the reference interpreter.
  static func report(
    _ program: Program, on executor: Executor, name: String = "test"
  ) throws -> RunReport {
    var check: TraceCheck? = try TraceCheck(.base(program), vocabulary: executor.vocabulary)
    let run = try ProgramRun(.base(program), on: executor) { check?.check($0, $1) ?? $0.count }
    return run.report(name: name, check: check)
  }
}
