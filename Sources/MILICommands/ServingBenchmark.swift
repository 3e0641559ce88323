import Batching
import Foundation
import LanguageModel
import RandomNumbers
import Serving

/// How fast requests are served that come all at once, without a network.
struct ServingBenchmark: Encodable {
  /// What is asked for.
  struct Load {
    var requests: Int
    /// Tokens of each prompt.
    var promptTokens: Int
    /// How much of the prompts is the same, in percent.
    var sharedPercent: Int
    /// Tokens to generate for each.
    var generatedTokens: Int
    var seed: UInt64

    /// The prompts: random tokens, of which the first are the same in all.
    func prompts(vocabularySize: Int) -> [[Int]] {
      var random = SplitMix64(seed: seed)
      func tokens(_ count: Int) -> [Int] { (0..<count).map { _ in random.index(below: vocabularySize) } }
      let shared = tokens(promptTokens * sharedPercent / 100)
      return (0..<requests).map { _ in shared + tokens(promptTokens - shared.count) }
    }
  }

  let requests: Int
  /// Tokens that were computed: of prompts, and the generated ones but the last of each request.
  let computedTokens: Int
  /// Tokens of prompts that were found in the cache.
  let cachedTokens: Int
  let generatedTokens: Int
  let preemptions: Int
  /// From the first submission to the last token.
  let seconds: Double
  /// To the latest of all first tokens.
  let secondsToFirstTokens: Double
  /// Tokens a second from there to the last token; 0 when there were none.
  let decodeTokensPerSecond: Double

  /// Serves a load.
  init(_ engine: ServingEngine, _ load: Load, vocabularySize: Int) async throws {
    let prompts = load.prompts(vocabularySize: vocabularySize)
    let clock = ContinuousClock()
    let start = clock.now
    let times = try await withThrowingTaskGroup(of: [Duration].self) { group in
      for prompt in prompts {
        var parameters = GenerateParameters.greedy
        parameters.maxTokens = load.generatedTokens
        let request = GenerationRequest(prompt: prompt, parameters: parameters)
        group.addTask {
          var times: [Duration] = []
          for try await part in try await engine.generate(request) {
            if case .token = part { times.append(clock.now - start) }
          }
          return times
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let course = TokenCourse(times)
    let totals = await engine.totals
    requests = load.requests
    (computedTokens, cachedTokens) = (totals.computedTokens, totals.cachedTokens)
    (generatedTokens, preemptions) = (totals.generatedTokens, totals.preemptions)
    seconds = (clock.now - start) / .seconds(1)
    secondsToFirstTokens = course.toFirstTokens / .seconds(1)
    decodeTokensPerSecond = course.decodeRate
  }
}

/// When the tokens of requests came that began together.
package struct TokenCourse: Sendable {
  /// To the latest of all first tokens.
  package let toFirstTokens: Duration
  /// Tokens a second from there to the last token, those alone that came in this time; 0 when there were none.
  package let decodeRate: Double

  /// - Parameter times: of each request, when its tokens came.
  package init(_ times: [[Duration]]) {
    let latest = times.compactMap(\.first).max() ?? .zero
    let rest = times.joined().filter { $0 > latest }
    toFirstTokens = latest
    decodeRate = rest.max().map { Double(rest.count) / (($0 - latest) / .seconds(1)) } ?? 0
  }
}
