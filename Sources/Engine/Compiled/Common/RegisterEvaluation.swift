/// How code computes a register.
enum RegisterEvaluation: Sendable {
  /// base + (the terms, added in order); `LinearForm.one` stands for 1. If nothing is rounded, products may be fused with sums.
  case sum(base: Int?, terms: [(register: Int, coefficient: Coefficient)], isExact: Bool)
  /// relu(gate) · value.
  case unit(gate: Int, value: Int)
}

/// Products of a sum in the order in which the model adds them, those of constants zero left out.
struct OrderedSum {
  let base: Int
  let products: [(weight: Double, register: Int)]
}
