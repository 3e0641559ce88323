/// What a position adds to the first three slots of the residual stream.
public struct PositionEncoding: Hashable, Sendable {
  /// The position t itself, counted from 0: slot 0.
  public let position: Double
  /// 1/ln 2 − 1/ln(t + 2): slot 1. It is 0 at position 0 and grows with t, ever more slowly, which breaks ties towards
  /// the latest key.
  public let inverseLog: Double
  /// t², exact for t ≤ 2²⁶: slot 2.
  public let square: Double

  /// The encoding of position t ≥ 0.
  public init(_ t: Int) {
    self.init(t, in: NeighbouringRecency(of: t))
  }

  /// The encoding of a position in a run of neighbours.
  @inlinable package init(_ t: Int, in run: NeighbouringRecency) {
    position = Double(t)
    inverseLog = run.inverseLog(at: t)
    square = position * position
  }
}
