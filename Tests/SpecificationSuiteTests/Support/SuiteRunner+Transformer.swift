import Engine
import SpecificationSuite
import TransformerVM

extension SuiteRunner {
  /// Runs scripts through the transformer whose plan ships, on the interpreted plan.
  static func transformer() throws -> SuiteRunner {
    let machine = try Pipeline.universalMachine(.full)
    let model = try Pipeline.weights(for: machine, schedule: Pipeline.shippedSchedule(for: machine))
    let executor = try Executor(model: model, engine: .plan)
    return SuiteRunner { try TransformerTrace(behind: $0, on: executor) }
  }
}
