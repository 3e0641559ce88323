import ArgumentParser
import Batching
import CommandOutput
import Foundation
import LanguageModel
import Serving

/// `mili bench-serving`
struct BenchServingCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench-serving",
    abstract: "Measures how many requests at once a model serves, without a network.",
    discussion: """
      All requests come at once. With --shared 0 nothing of their prompts is computed once for all. With --flood another
      client's requests come before them, and it is told how much of the service is left for these.

      Example: mili bench-serving --model Qwen3-0.6B-int8 --requests 64 --prompt 2000 --shared 90
      Example: mili bench-serving --model Qwen3-0.6B-int8 --requests 20 --flood 200 --max-running 8
      """)

  @OptionGroup var model: ModelOption

  @Option(parsing: .unconditional, help: ArgumentHelp("Requests that come.", valueName: "n"))
  var requests = 16

  @Option(parsing: .unconditional, help: ArgumentHelp("Tokens of each prompt.", valueName: "n"))
  var prompt = 128

  @Option(parsing: .unconditional, help: ArgumentHelp("How much of the prompts is the same.", valueName: "percent"))
  var shared = 0

  @Option(parsing: .unconditional, help: ArgumentHelp("Tokens to generate for each request.", valueName: "n"))
  var generate = 32

  @Option(parsing: .unconditional, help: ArgumentHelp("Requests of another client, before these.", valueName: "n"))
  var flood = 0

  @OptionGroup var serving: ServingOptions

  @Option(parsing: .unconditional, help: ArgumentHelp("What the prompts are made from.", valueName: "n"))
  var seed: UInt64 = 1

  @Flag(help: "Print a JSON object.")
  var json = false

  func validate() throws {
    let ranges = [
      ("--requests", requests, 1...100_000), ("--prompt", prompt, 1...1_000_000), ("--shared", shared, 0...100),
      ("--generate", generate, 1...1_000_000), ("--flood", flood, 0...100_000),
    ]
    for (name, value, range) in ranges where !range.contains(value) {
      throw ValidationError("\(name): expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  func run() async throws {
    let model = try Qwen3Model(folder: model.model, threads: model.threads)
    var configuration = serving.configuration(defaultBytes: 4 << 30)
    // All come at once.
    configuration.batch.maxWaiting = max(requests + flood, configuration.batch.maxWaiting)
    configuration.batch.maxWaitingPerClient = configuration.batch.maxWaiting
    let engine = try ServingEngine(model: model, configuration)
    let load = ServingBenchmark.Load(
      requests: requests, promptTokens: prompt, sharedPercent: shared, generatedTokens: generate, flood: flood,
      seed: seed)
    let result = try await ServingBenchmark(engine, load, vocabularySize: model.configuration.vocabularySize)
    if json { return try Terminal.print(JSONLine.encode(result)) }
    try Terminal.print(
      "\(result.requests) requests: \(result.computedTokens) tokens computed, \(result.cachedTokens) cached, "
        + "\(result.generatedTokens) generated, \(result.preemptions) preemptions; "
        + String(
          format: "%.2f s, first tokens within %.2f s, then %.1f tokens/s", result.seconds,
          result.secondsToFirstTokens, result.decodeTokensPerSecond)
        + (result.share.map { String(format: "; %.1f %% of the service beside the flood", $0 * 100) } ?? ""))
  }
}
