import ArgumentParser
import Batching
import LanguageModel
import PagedCache
import PrefixTree
import Serving

/// The options that say how requests are put together and what they may take, where they are served and where that is measured.
struct ServingOptions: ParsableArguments {
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Memory for keys and values, of each model. (default: 1 GiB; 4 GiB for measurements)", valueName: "bytes"))
  var kvBytes: Int?

  @Option(help: ArgumentHelp("How keys and values are kept: f32, bf16 or int8.", valueName: "format"))
  var kvPrecision = "f32"

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Tokens of a page of keys and values, a multiple of 16.", valueName: "n"))
  var pageSize = 16

  @Option(
    help: ArgumentHelp("Which cached prefix is given up first: lru, lfu, fifo or priority.", valueName: "policy"))
  var eviction = EvictionPolicy.leastRecentlyUsed.rawValue

  @Option(help: ArgumentHelp("Who is taken up first: fcfs, lpm or fair.", valueName: "policy"))
  var policy = BatchPolicy.fair.rawValue

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Requests that are computed side by side, of each language model and of all programs.", valueName: "n"))
  var maxRunning = 64

  @Option(parsing: .unconditional, help: ArgumentHelp("Tokens of one step.", valueName: "n"))
  var budget = 512

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Requests that may wait, counted likewise; more are turned away.", valueName: "n"))
  var maxWaiting = 1024

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("How long a request may wait to begin. (default: as long as it takes)", valueName: "seconds"))
  var queueTimeout: Int?

  func validate() throws {
    let ranges = [
      ("--kv-bytes", kvBytes ?? 1, 1...1 << 46), ("--max-running", maxRunning, 1...4096),
      ("--budget", budget, 1...65_536),
      ("--max-waiting", maxWaiting, 1...1_000_000), ("--queue-timeout", queueTimeout ?? 1, 1...86_400),
    ]
    for (name, value, range) in ranges where !range.contains(value) {
      throw ValidationError("\(name): expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
    guard pageSize.isMultiple(of: 16), (16...PagePool.largestPageSize).contains(pageSize) else {
      throw ValidationError("--page-size: expected a multiple of 16 from 16 to \(PagePool.largestPageSize)")
    }
    guard EvictionPolicy(rawValue: eviction) != nil else {
      throw ValidationError("--eviction: expected lru, lfu, fifo or priority")
    }
    guard KeyValuePrecision(rawValue: kvPrecision) != nil else {
      throw ValidationError("--kv-precision: expected f32, bf16 or int8")
    }
    guard BatchPolicy(rawValue: policy) != nil else { throw ValidationError("--policy: expected fcfs, lpm or fair") }
  }

  var evictionPolicy: EvictionPolicy { EvictionPolicy(rawValue: eviction) ?? .leastRecentlyUsed }

  /// How many requests of one account may wait, so that no account takes the places of another.
  ///
  /// - Parameter accounts: how many there are; 0 for everybody alike.
  func mostWaiting(ofEachOf accounts: Int) -> Int {
    (maxWaiting + max(accounts, 1) - 1) / max(accounts, 1)
  }

  /// - Parameters:
  ///   - accounts: how many accounts share the service; 0 for everybody alike.
  ///   - defaultBytes: memory for keys and values where it is not said.
  func configuration(accounts: Int = 0, defaultBytes: Int = 1 << 30) -> ServingConfiguration {
    var configuration = ServingConfiguration()
    configuration.cacheBytes = kvBytes ?? defaultBytes
    configuration.pageSize = pageSize
    configuration.eviction = evictionPolicy
    configuration.precision = KeyValuePrecision(rawValue: kvPrecision) ?? .float32
    configuration.batch.policy = BatchPolicy(rawValue: policy) ?? .fair
    configuration.batch.maxRunning = maxRunning
    configuration.batch.tokenBudget = budget
    configuration.batch.maxWaiting = maxWaiting
    configuration.batch.maxWaitingPerClient = mostWaiting(ofEachOf: accounts)
    configuration.batch.queueTimeout = queueTimeout.map { .seconds($0) }
    return configuration
  }
}
