import Foundation
import LoadGeneration

/// What `mili load` says.
enum LoadText {
  /// How far a load is.
  static func status(_ progress: LoadRun.Progress, of count: Int) -> String {
    let failed = progress.failed == 0 ? "" : ", \(progress.failed) failed"
    return "\(progress.ended) of \(count) requests, \(progress.sent - progress.ended) running\(failed), "
      + String(format: "%.0f s", progress.time / .seconds(1))
  }

  /// A report for people.
  static func lines(_ report: LoadReport) -> [String] {
    var lines = [
      "\(report.succeeded) of \(report.requests) requests in "
        + String(format: "%.2f s, %.2f a second; ", report.seconds, report.requestsPerSecond)
        + "\(report.promptTokens) prompt tokens, of which \(report.cachedTokens) cached; \(report.generatedTokens) generated, "
        + String(format: "%.1f a second", report.generatedTokensPerSecond)
    ]
    let times = [
      ("first token", report.timeToFirstToken), ("between tokens", report.betweenTokens),
      ("whole answer", report.endToEnd), ("sent late by", report.lateness),
    ]
    for case (let name, let percentiles?) in times {
      lines.append(
        name.padding(toLength: 15, withPad: " ", startingAt: 0)
          + String(
            format: "p50 %.1f ms, p90 %.1f ms, p99 %.1f ms, longest %.1f ms", percentiles.p50 * 1000,
            percentiles.p90 * 1000, percentiles.p99 * 1000, percentiles.max * 1000))
    }
    for (name, count) in report.failures.sorted(by: { $0.key < $1.key }) { lines.append("failed: \(name) \(count)") }
    if let refusal = report.refusal { lines.append("the server said: \(refusal)") }
    if let attainment = report.attainment {
      lines.append(String(format: "%.1f %% of the requests met the objectives", attainment * 100))
    }
    return lines
  }
}
