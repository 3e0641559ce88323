/// Finds the integers near the quotients of two rows, after moving the quotients into 0 … last.
struct IntegerNaming {
  let numerator: Int
  let denominator: Int
  /// The row of each lane's last integer; nil where `greatest` is the last for all.
  let lastRow: Int?
  var greatest = 0.0
  /// Quotients of a greater magnitude are not looked at.
  let reach: Double
  /// How far from an integer a moved quotient may be.
  let tolerance: Double
  /// The row for the integers, `NearestInteger.none` where there is none: the denominator is not positive, or the quotient too far away.
  let namedRow: Int

  @inline(__always)
  func run(_ span: BlockSpan, _ rows: BlockRows.Handle, _ kernel: RowKernel?) {
    if let kernel, span.groupCount > 2 { return kernel.name(self, rows) }
    for group in 0..<span.groupCount {
      let height = rows[denominator, group: group]
      let quotient = rows[numerator, group: group] / height
      let last = lastRow.map { rows[$0, group: group] } ?? BlockRows.Lanes(repeating: greatest)
      let target = quotient.replacing(with: last, where: quotient .> last).replacing(with: 0, where: quotient .< 0)
      let sum = target + NearestInteger.rounding
      let distance = target - (sum - NearestInteger.rounding)
      let isNamed =
        (height .> 0) .& (height .<= .greatestFiniteMagnitude) .& (distance .<= tolerance) .& (distance .>= -tolerance)
        .& (quotient .<= reach) .& (quotient .>= -reach)
      rows[namedRow, group: group] = sum.replacing(with: NearestInteger.none, where: .!isNamed)
    }
  }
}
