import Transformer

/// One weight of a row and the number that it multiplies.
struct WeightedColumn {
  let weight: Double
  let column: Int
}

extension Matrix {
  /// Weights of this magnitude are added before all others.
  ///
  /// They are penalties and rounding constants, far from the numbers that a program counts with. Those of one row may
  /// cancel, and must have done so before a small number joins the sum, or it would be rounded away.
  static let largeWeight = 0x1p40

  /// The weights of a row that are not zero, in the order in which every engine adds their products: large weights
  /// first, otherwise by column.
  func summands(ofRow row: Int) -> [WeightedColumn] {
    let summands = self.row(row).enumerated().compactMap { column, weight in
      weight == 0 ? nil : WeightedColumn(weight: weight, column: column)
    }
    return summands.filter { $0.weight.magnitude >= Self.largeWeight }
      + summands.filter { $0.weight.magnitude < Self.largeWeight }
  }
}

/// relu(gate) · value, the gated unit of the feed-forward block.
@inline(__always)
func gatedUnit(gate: Double, value: Double) -> Double {
  (gate > 0 ? gate : 0) * value
}
