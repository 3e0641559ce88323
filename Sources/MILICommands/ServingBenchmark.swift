import Batching
import Clients
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
    /// Requests of another client, which come first.
    var flood = 0
    var seed: UInt64

    /// The prompts, those of the other client first: random tokens, of which the first are the same in all.
    func prompts(vocabularySize: Int) -> [[Int]] {
      var random = SplitMix64(seed: seed)
      func tokens(_ count: Int) -> [Int] { (0..<count).map { _ in random.index(below: vocabularySize) } }
      let shared = tokens(promptTokens * sharedPercent / 100)
      return (0..<flood + requests).map { _ in shared + tokens(promptTokens - shared.count) }
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
  /// What the one client received of all the service until its last request was taken up, beside another client's; nil without
  /// one.
  let share: Double?

  /// Serves a load.
  init(_ engine: ServingEngine, _ load: Load, vocabularySize: Int) async throws {
    let prompts = load.prompts(vocabularySize: vocabularySize)
    let clock = ContinuousClock()
    let start = clock.now
    let courses = try await withThrowingTaskGroup(of: RequestCourse.self) { group in
      for (number, prompt) in prompts.enumerated() {
        var parameters = GenerateParameters.greedy
        parameters.maxTokens = load.generatedTokens
        var request = GenerationRequest(prompt: prompt, parameters: parameters)
        let isFlood = number < load.flood
        request.client = isFlood ? "flood" : "other"
        group.addTask { [request] in
          var course = RequestCourse(isFlood: isFlood)
          for try await part in try await engine.generate(request) {
            switch part {
            case .begun(let cachedTokens): course.computedPrompt = prompt.count - cachedTokens
            case .token: course.tokens.append(clock.now - start)
            default: break
            }
          }
          return course
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let course = TokenCourse(courses.map(\.tokens))
    let totals = await engine.totals
    requests = prompts.count
    (computedTokens, cachedTokens) = (totals.computedTokens, totals.cachedTokens)
    (generatedTokens, preemptions) = (totals.generatedTokens, totals.preemptions)
    seconds = (clock.now - start) / .seconds(1)
    secondsToFirstTokens = course.toFirstTokens / .seconds(1)
    decodeTokensPerSecond = course.decodeRate
    share = load.flood == 0 ? nil : RequestCourse.share(courses)
  }
}

/// What one request received, and when.
private struct RequestCourse {
  let isFlood: Bool
  /// Tokens of the prompt that were computed for it.
  var computedPrompt = 0
  /// When its tokens came.
  var tokens: [Duration] = []

  init(isFlood: Bool) {
    self.isFlood = isFlood
  }

  /// The tokens computed for it until a moment; a prompt's when they are done.
  private func service(until end: Duration) -> Int {
    let received = tokens.count { $0 <= end }
    return received == 0 ? 0 : computedPrompt + received
  }

  /// The share of the client who is not the flood, until its last request has its first token.
  static func share(_ courses: [Self]) -> Double {
    let end = courses.lazy.filter { !$0.isFlood }.compactMap(\.tokens.first).max() ?? .zero
    let service = courses.map { (isFlood: $0.isFlood, tokens: $0.service(until: end)) }
    let all = service.reduce(0) { $0 + $1.tokens }
    return all == 0 ? 0 : Double(service.reduce(0) { $0 + ($1.isFlood ? 0 : $1.tokens) }) / Double(all)
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
