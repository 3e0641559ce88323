import Foundation

/// The time that a search has taken and still has.
struct SearchClock {
  /// Seconds, at most ten days: solvers take no infinity.
  let limit: Double
  private let start = Date()

  init(limit: Double) {
    self.limit = limit > 0 ? min(limit, 864_000) : 0
  }

  var seconds: Double { Date().timeIntervalSince(start) }
  var secondsLeft: Double { limit - seconds }
}
