import Transformer

/// How a head is searched.
enum HeadKind: Hashable, Sendable {
  /// One coordinate of the key is always 0: a running maximum and minimum tell everything.
  case line(KeyAxis)
  /// The key is a parabola over the positions: the query names the position.
  case gather(PositionParabola)
  /// Anything else: the convex hull of the keys.
  case hull
}

/// The coordinate in which the keys of a head differ.
enum KeyAxis: Hashable, Sendable {
  case x
  case y
}

extension RegisterGraph {
  /// Positions up to which every kind of head is exact: t² and the parabola's coordinates are integers below 2⁵³.
  static let positionLimit = 1 << 26

  /// Decides how a head can be searched; nil when it always returns the values of the query's own position.
  ///
  /// Every answer gives, for every possible input, what a comparison of all keys gives.
  func recognizeHead(
    key: RegisterPair, query: RegisterPair, rule: TransformerLayer.TieRule, isBinary: (Register) -> Bool
  ) -> HeadKind? {
    let zero = RegisterPair(x: .zero, y: .zero)
    // All keys tie, always.
    if rule == .latest, key == zero || query == zero { return nil }
    if readsOwnPosition(key: key, query: query, isBinary: isBinary) { return nil }
    if key.x == .zero { return .line(.y) }
    if key.y == .zero { return .line(.x) }
    if let parabola = PositionParabola(key, in: self) { return .gather(parabola) }
    return .hull
  }

  /// Whether the score grows with the key's position up to the query's own.
  ///
  /// That is so when key and query are (a · t, b · one) and (c · t, d · one) with a · c > 0, b · d ≥ 0 and `one` either 0 or 1:
  /// the key at j scores c·a·t·(t − j) + d·b·one(t)·(one(t) − one(j)) less than the key at t, where the first term is
  /// positive for j < t and the second never negative.
  private func readsOwnPosition(key: RegisterPair, query: RegisterPair, isBinary: (Register) -> Bool) -> Bool {
    guard let slope = multiple(key.x, of: .position), let factor = multiple(query.x, of: .position),
      Self.isSafeFactor(slope), Self.isSafeFactor(factor), (slope > 0) == (factor > 0)
    else { return false }
    if key.y == .zero || query.y == .zero { return true }
    let height = multiple(key.y)
    let weight = multiple(query.y)
    return height.register == weight.register && isBinary(height.register)
      && (height.weight > 0) == (weight.weight > 0)
  }

  /// Whether a key is (2u, … − u²) for a register u ≥ 0, where u² is a neuron: that register's number is what a query asks for.
  func isParabola(_ key: RegisterPair) -> Bool {
    let slope = multiple(key.x)
    guard slope.weight == 2 else { return false }
    let square = Definition.unit(gate: slope.register, value: slope.register)
    // The second coordinate may be added up in several steps.
    var parts = [key.y]
    var seen: Set<Register> = []
    while let part = parts.popLast() {
      guard case .sum(let base, let products) = definitions[part.index], seen.insert(part).inserted else { continue }
      if products.contains(where: { $0.weight == -1 && definitions[$0.register.index] == square }) { return true }
      parts += [base] + products.filter { $0.weight == 1 }.map(\.register)
    }
    return false
  }

  /// Whether products of a factor with different positions stay different and finite.
  private static func isSafeFactor(_ factor: Double) -> Bool {
    (0x1p-500...0x1p500).contains(factor.magnitude)
  }
}
