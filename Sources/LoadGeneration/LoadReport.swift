/// What a load showed.
package struct LoadReport: Encodable, Sendable {
  package let requests: Int
  package let succeeded: Int
  /// How many requests failed, by why.
  package let failures: [String: Int]
  /// What the server said of the first request that it refused.
  package let refusal: String?
  /// From the beginning to the end of the last request.
  package let seconds: Double
  /// Requests that succeeded, a second.
  package let requestsPerSecond: Double
  /// Of the requests that succeeded, as the server counts them; 0 where it does not.
  package let promptTokens: Int
  package let cachedTokens: Int
  package let generatedTokens: Int
  package let generatedTokensPerSecond: Double
  // Of the requests that succeeded.
  package let timeToFirstToken: Percentiles?
  package let betweenTokens: Percentiles?
  package let endToEnd: Percentiles?
  /// How late requests were sent: where this is long, the load was more than this program could send.
  package let lateness: Percentiles?
  /// The share of all requests that met the objectives; nil when there were none.
  package let attainment: Double?

  /// Sums up the records of all requests.
  package init(_ records: [RequestRecord], objectives: ServiceObjectives = ServiceObjectives()) {
    let successes = records.filter { $0.failure == nil }
    requests = records.count
    succeeded = successes.count
    failures = Dictionary(records.compactMap(\.failure).map { ($0.name, 1) }, uniquingKeysWith: +)
    refusal = records.lazy.compactMap(\.refusal).first
    let seconds = (records.map(\.end).max() ?? .zero) / .seconds(1)
    func rate(_ count: Int) -> Double { seconds > 0 ? Double(count) / seconds : 0 }
    self.seconds = seconds
    requestsPerSecond = rate(successes.count)
    promptTokens = successes.reduce(0) { $0 + $1.promptTokens }
    cachedTokens = successes.reduce(0) { $0 + $1.cachedTokens }
    generatedTokens = successes.reduce(0) { $0 + $1.generatedTokens }
    generatedTokensPerSecond = rate(generatedTokens)
    timeToFirstToken = Percentiles(successes.compactMap(\.timeToFirstToken))
    betweenTokens = Percentiles(successes.flatMap(\.gaps))
    endToEnd = Percentiles(successes.map(\.totalTime))
    lateness = Percentiles(records.map { $0.sent - $0.due })
    let met = records.count { objectives.areMet(by: $0) }
    attainment = objectives.isEmpty || records.isEmpty ? nil : Double(met) / Double(records.count)
  }
}
