import ArgumentParser
import Engine
import ModuleExecution
import Reference
import SpecificationSuite
import TransformerVM

/// What executes the scripts of `tvm spectest`.
enum SpectestEngine: Hashable {
  /// The interpreter in plain Swift.
  case reference
  /// The graph, without weights.
  case evaluation
  /// The transformer.
  case transformer(EngineChoice)

  /// - Throws: what keeps the machine from being made.
  func runner(tokenLimit: Int) throws -> SuiteRunner {
    let executor: Executor
    switch self {
    case .reference: return SuiteRunner(tokenLimit: tokenLimit) { FullReferenceInterpreter($0) }
    case .evaluation: executor = Executor(machine: try Pipeline.universalMachine(.full))
    case .transformer(let engine):
      let machine = try Pipeline.universalMachine(.full)
      let model = try Pipeline.weights(for: machine, schedule: Pipeline.shippedSchedule(for: machine))
      executor = try Executor(model: model, engine: engine)
    }
    return SuiteRunner(tokenLimit: tokenLimit) { try TransformerTrace(behind: $0, on: executor) }
  }
}

extension SpectestEngine: ExpressibleByArgument {
  init?(argument: String) {
    switch argument {
    case "reference": self = .reference
    case "eval": self = .evaluation
    default:
      guard let engine = EngineChoice(argument: argument) else { return nil }
      self = .transformer(engine)
    }
  }
}
