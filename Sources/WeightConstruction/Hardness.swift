/// The constant that makes attention hard.
enum Hardness {
  /// What every query is multiplied by, √d_head included: 2⁴⁰.
  ///
  /// A literal softmax gives all but one part in 10¹⁶ to the winner when its score leads by 37. The smallest lead that a
  /// graph relies on is that of the later of two equal keys, 0.3 · (inverse logarithm's growth): 1.1·10⁻¹⁰ at ten million
  /// positions, which becomes 85 after division by √2. A power of two changes no digit of a query, so that hard attention
  /// compares the same scores as the graph evaluator; the largest scores, 10³⁰ times small integers, stay far from
  /// binary64's limit.
  static let factor = 0x1p40
}
