/// How a register gets its number.
enum Definition: Hashable, Sendable {
  /// One of the four registers that do not depend on the token.
  case given
  /// A column of the embedding.
  case embedding(column: Int)
  /// base + (the products, added in order).
  case sum(base: Register, products: [Product])
  /// relu(gate) · value.
  case unit(gate: Register, value: Register)
  /// A coordinate of what a head attends to.
  case attended(head: Int, second: Bool)
  /// A result of a function of one register.
  case function(Int, result: Int)
}
