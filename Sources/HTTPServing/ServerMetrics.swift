import ServedModels
import Synchronization

/// Counts what a server does, and says it in Prometheus' text format.
final class ServerMetrics: Sendable {
  /// Responses of one kind.
  private struct Response: Hashable, Comparable {
    var path: String
    var status: Int

    static func < (one: Self, other: Self) -> Bool { (one.path, one.status) < (other.path, other.status) }
  }

  private struct Counts {
    var responses: [Response: Int] = [:]
    var firstTokens = Histogram(bounds: [0.01, 0.03, 0.1, 0.3, 1, 3, 10, 30, 100])
    var answers = Histogram(bounds: [0.03, 0.1, 0.3, 1, 3, 10, 30, 100, 300])
  }

  private let counts = Mutex(Counts())

  /// Takes note of a response's head.
  ///
  /// - Parameter path: one of those that there are, so that strangers cannot make up new ones.
  func count(path: String, status: Int) {
    counts.withLock { $0.responses[Response(path: path, status: status), default: 0] += 1 }
  }

  /// Takes note of the time from a request's arrival to the first part of its answers.
  func count(firstToken time: Duration) {
    counts.withLock { $0.firstTokens.add(time / .seconds(1)) }
  }

  /// Takes note of the time from a request's arrival to the end of its answers.
  func count(answer time: Duration) {
    counts.withLock { $0.answers.add(time / .seconds(1)) }
  }

  /// Everything, with the models' states.
  func text(_ models: [(id: String, state: ModelState)]) -> String {
    var text = PrometheusText()
    let counts = counts.withLock { $0 }
    text.add(
      "mili_http_responses_total", "counter", "Responses by path and status.",
      counts.responses.sorted { $0.key < $1.key }.map { response, count in
        ([("path", response.path), ("status", String(response.status))], Double(count))
      })
    text.add("mili_time_to_first_token_seconds", "From a request's arrival to its first token.", counts.firstTokens)
    text.add("mili_request_duration_seconds", "From a request's arrival to the end of its answer.", counts.answers)
    func add(_ name: String, _ type: String, _ help: String, _ value: (ModelState) -> Double) {
      text.add(name, type, help, models.map { ([("model", $0.id)], value($0.state)) })
    }
    add("mili_requests_running", "gauge", "Requests that are computed.") { Double($0.running) }
    add("mili_requests_waiting", "gauge", "Requests that wait.") { Double($0.waiting) }
    add("mili_computed_tokens_total", "counter", "Tokens that were computed.") { Double($0.totals.computedTokens) }
    add("mili_cached_tokens_total", "counter", "Tokens of prompts that were found in the cache.") {
      Double($0.totals.cachedTokens)
    }
    add("mili_generated_tokens_total", "counter", "Tokens that were generated.") { Double($0.totals.generatedTokens) }
    add("mili_preemptions_total", "counter", "How often a request lost its pages to others.") {
      Double($0.totals.preemptions)
    }
    text.add("mili_pages", "gauge", "Pages of the cache by what they are used for.", Self.pages(models))
    return text.text
  }

  /// The pages of each pool, by the model that has it, or by its name where several models share it.
  private static func pages(
    _ models: [(id: String, state: ModelState)]
  ) -> [(labels: [(String, String)], value: Double)] {
    var shared: Set<String> = []
    return models.flatMap { id, state -> [(labels: [(String, String)], value: Double)] in
      guard let pages = state.pages, pages.pool.map({ shared.insert($0).inserted }) ?? true else { return [] }
      let owner = pages.pool.map { ("pool", $0) } ?? ("model", id)
      return [("free", pages.free), ("evictable", pages.evictable), ("protected", pages.protected)]
        .map { ([owner, ("state", $0)], Double($1)) }
    }
  }
}

/// How many times were at most so long.
struct Histogram: Sendable {
  let bounds: [Double]
  private(set) var counts: [Int]
  private(set) var sum = 0.0

  init(bounds: [Double]) {
    self.bounds = bounds
    counts = Array(repeating: 0, count: bounds.count + 1)
  }

  mutating func add(_ value: Double) {
    counts[bounds.firstIndex { value <= $0 } ?? bounds.count] += 1
    sum += value
  }
}
