/// The keys furthest to the left, or to the right: those that win a horizontal query.
struct VerticalSide: Sendable {
  /// Their common first coordinate.
  var x: Double
  var values: TiedValues
}

extension Optional where Wrapped == VerticalSide {
  /// Takes in a key: it starts a new side, joins the one there is, or lies behind it.
  @inline(__always)
  mutating func merge(
    _ x: Double, _ values: TiedValues, rule: TieRule, isFurther: (Double, Double) -> Bool
  ) {
    if let side = self, !isFurther(x, side.x) {
      if x == side.x { self?.values.merge(values, rule: rule) }
    } else {
      self = VerticalSide(x: x, values: values)
    }
  }
}
