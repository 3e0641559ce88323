/// How far a solver has come.
public struct ScheduleProgress: Hashable, Sendable {
  /// The d_model of the best schedule so far; nil before the first.
  public let best: Int?
  /// No schedule is narrower than this; nil while nothing is known.
  public let bound: Int?
  /// Since the start.
  public let seconds: Double

  public init(best: Int?, bound: Int?, seconds: Double) {
    self.best = best
    self.bound = bound
    self.seconds = seconds
  }

  /// The distance between best and bound as a fraction of the best: 0 when the best is proved to be the optimum.
  public var gap: Double? {
    guard let best, let bound, best > 0 else { return nil }
    return Double(max(0, best - bound)) / Double(best)
  }

  /// From the objective d_model / 2 and its bound, either of which may be infinite or absurd before it is known.
  init(halfWidth: Double, halfBound: Double, seconds: Double) {
    best = Self.width(halfWidth.rounded())
    bound = Self.width((halfBound - 1e-6).rounded(.up))
    self.seconds = seconds
  }

  private static func width(_ half: Double) -> Int? {
    half >= 0 && half < 1e9 ? 2 * Int(half) : nil
  }
}
