/// What a list of times is like, in seconds; a percentile is the smallest time that so many of a hundred do not exceed.
package struct Percentiles: Encodable, Hashable, Sendable {
  package let count: Int
  package let mean: Double
  package let p50: Double
  package let p90: Double
  package let p99: Double
  package let max: Double

  /// nil for no times.
  package init?(_ times: [Duration]) {
    guard !times.isEmpty else { return nil }
    let seconds = times.map { $0 / .seconds(1) }.sorted()
    func percentile(_ percent: Int) -> Double { seconds[(seconds.count * percent + 99) / 100 - 1] }
    count = seconds.count
    mean = seconds.reduce(0, +) / Double(seconds.count)
    (p50, p90, p99) = (percentile(50), percentile(90), percentile(99))
    max = seconds[seconds.count - 1]
  }
}
