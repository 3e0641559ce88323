import Engine
import Foundation
import InstructionSet
import Scheduler
import Transformer
import TransformerVM

/// What several suites run programs with.
enum Machines {
  /// The universal machine's weights by the plan that ships.
  static func universalModel(_ profile: MachineProfile = .base) throws -> TransformerModel {
    try UniversalMachine(profile).model.get()
  }

  /// The universal machine in an engine.
  static func universalExecutor(_ engine: EngineChoice, _ profile: MachineProfile = .base) throws -> Executor {
    let machine = UniversalMachine(profile)
    // Runs of the automatic engine are to begin without compiled code, as a user's do.
    guard engine != .automatic, let executor = machine.executors[engine] else {
      return try Executor(model: machine.model.get(), engine: engine, codeCache: codeCache)
    }
    return try executor.get()
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
    try EngineChoice.allCases.map { try universalExecutor($0) } + [Executor(machine: Pipeline.universalMachine())]
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

/// What the plan that ships makes of a profile, made once for all tests.
private struct UniversalMachine: Sendable {
  private static let base = UniversalMachine(made: .base)
  private static let full = UniversalMachine(made: .full)

  let model: Result<TransformerModel, any Error>
  let executors: [EngineChoice: Result<Executor, any Error>]

  init(_ profile: MachineProfile) {
    self = profile == .base ? Self.base : Self.full
  }

  private init(made profile: MachineProfile) {
    let model = Result {
      let machine = try Pipeline.universalMachine(profile)
      return try Pipeline.weights(for: machine, schedule: Pipeline.shippedSchedule(for: machine))
    }
    let executors = EngineChoice.allCases.map { engine in
      (engine, Result { try Executor(model: model.get(), engine: engine, codeCache: Machines.codeCache) })
    }
    (self.model, self.executors) = (model, Dictionary(uniqueKeysWithValues: executors))
  }
}
