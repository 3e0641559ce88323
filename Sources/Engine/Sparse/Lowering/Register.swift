/// A number that is computed at most once for each token. Registers are numbered in the order of their definitions.
struct Register: Hashable, Comparable, Sendable {
  let index: Int

  /// What is 0 at every token.
  static let zero = Register(index: 0)
  /// The position t.
  static let position = Register(index: 1)
  /// The recency of the position.
  static let inverseLog = Register(index: 2)
  /// t².
  static let square = Register(index: 3)

  static func < (left: Register, right: Register) -> Bool {
    left.index < right.index
  }
}

/// A register times a weight.
struct Product: Hashable, Sendable {
  let weight: Double
  let register: Register
}

/// The two coordinates of a key, a query or a value.
struct RegisterPair: Hashable, Sendable {
  let x: Register
  let y: Register
}
