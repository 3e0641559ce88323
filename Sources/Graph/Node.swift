/// How one dimension gets its value.
public enum Definition: Hashable, Sendable {
  /// A column of the token embedding.
  case input
  /// One of the four inputs that every graph has.
  case builtIn(BuiltInInput)
  /// relu(gate) · value: one neuron of a feed-forward layer.
  case reglu(value: Expression, gate: Expression)
  /// A linear combination, stored in a slot of the residual stream.
  case persist(Expression)
  /// One of the (at most two) values that the lookup with this index in `ComputationGraph.lookups` returns.
  case lookupValue(lookup: Int, index: Int)
  /// One column of the table with this index in `ComputationGraph.tables`.
  case tableValue(table: Int, index: Int)
}

/// The inputs that need no embedding of their own.
public enum BuiltInInput: String, Hashable, Sendable, CaseIterable {
  /// 1 for every token but the first, 0 for the first.
  case one
  /// The position t of the token, from 0.
  case position
  /// 1/ln 2 − 1/ln(t + 2): 0 at the first position and increasing, it breaks ties towards the latest key.
  case inverseLogPosition = "inv_log_position"
  /// t².
  case positionSquared = "position_squared"

  /// The value at position `t`.
  public func value(at t: Int) -> Double {
    switch self {
    case .one: t == 0 ? 0 : 1
    case .position: Double(t)
    case .inverseLogPosition: Self.inverseLog(at: t)
    case .positionSquared: Double(t) * Double(t)
    }
  }
}

/// One dimension with its name.
public struct Node: Hashable, Sendable {
  /// Unique in its graph; shows up in plans and diagnostics.
  public let name: String
  public let definition: Definition
  /// Whether the value may carry a rounding error, or is so large that adding to it would.
  ///
  /// Means, products of means, squares and large penalties are; a slot that holds such a value must be empty for one
  /// half-layer before it is filled again.
  public let isRounded: Bool
}
