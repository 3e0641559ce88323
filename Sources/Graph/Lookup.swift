/// What a lookup returns when several keys score highest.
public enum TieRule: String, Hashable, Sendable, CaseIterable {
  /// The values at the greatest of the tied positions.
  case latest
  /// The mean of the values at the tied positions.
  case average
}

/// Half an expression per coordinate: a key or a query in the plane.
public struct PlanePoint: Hashable, Sendable {
  public let x: Expression
  public let y: Expression

  public init(_ x: Expression, _ y: Expression) {
    self.x = x
    self.y = y
  }
}

/// One attention head: the values at the earlier-or-same position whose key scores highest against the query.
///
/// The score of position s for the query of position t is `query(t) · key(s)`, for every s ≤ t.
public struct Lookup: Hashable, Sendable {
  public let name: String
  public let query: PlanePoint
  public let key: PlanePoint
  /// What the head carries from the winning position: one or two expressions.
  public let values: [Expression]
  public let rule: TieRule
  /// The dimensions that receive the values, in the same order.
  public internal(set) var outputs: [Dimension]
}
