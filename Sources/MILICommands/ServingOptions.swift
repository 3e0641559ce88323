import ArgumentParser
import Batching
import LanguageModel
import Serving

/// The options that say how requests are put together and what they may take.
struct ServingOptions: ParsableArguments {
  @Option(parsing: .unconditional, help: ArgumentHelp("Memory for keys and values, of each model.", valueName: "bytes"))
  var kvBytes = 1 << 30

  @Option(help: ArgumentHelp("How keys and values are kept: f32, bf16 or int8.", valueName: "format"))
  var kvPrecision = "f32"

  @Option(help: ArgumentHelp("Who is taken up first: fcfs, lpm or fair.", valueName: "policy"))
  var policy = BatchPolicy.fair.rawValue

  @Option(parsing: .unconditional, help: ArgumentHelp("Requests that are computed side by side.", valueName: "n"))
  var maxRunning = 64

  @Option(parsing: .unconditional, help: ArgumentHelp("Tokens of one step.", valueName: "n"))
  var budget = 512

  @Option(parsing: .unconditional, help: ArgumentHelp("Requests that may wait; more are turned away.", valueName: "n"))
  var maxWaiting = 1024

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How long a request may wait. (default: as long as it takes)", valueName: "seconds"))
  var queueTimeout: Int?

  func validate() throws {
    let ranges = [
      ("--kv-bytes", kvBytes, 1...1 << 46), ("--max-running", maxRunning, 1...4096), ("--budget", budget, 1...65_536),
      ("--max-waiting", maxWaiting, 1...1_000_000), ("--queue-timeout", queueTimeout ?? 1, 1...86_400),
    ]
    for (name, value, range) in ranges where !range.contains(value) {
      throw ValidationError("\(name): expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    guard KeyValuePrecision(rawValue: kvPrecision) != nil else {
      throw ValidationError("--kv-precision: expected f32, bf16 or int8")
    }
    guard BatchPolicy(rawValue: policy) != nil else { throw ValidationError("--policy: expected fcfs, lpm or fair") }
  }

  var configuration: ServingConfiguration {
    var configuration = ServingConfiguration()
    configuration.cacheBytes = kvBytes
    configuration.precision = KeyValuePrecision(rawValue: kvPrecision) ?? .float32
    configuration.batch.policy = BatchPolicy(rawValue: policy) ?? .fair
    configuration.batch.maxRunning = maxRunning
    configuration.batch.tokenBudget = budget
    configuration.batch.maxWaiting = maxWaiting
    configuration.batch.maxWaitingPerClient = maxWaiting
    configuration.batch.queueTimeout = queueTimeout.map { .seconds($0) }
    return configuration
  }
}
