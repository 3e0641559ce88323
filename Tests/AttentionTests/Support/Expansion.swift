/// An exact sum of binary64 products as a sum of non-overlapping numbers, the smallest first (Shewchuk's expansions,
/// with a fused multiply-add for the rounding error of a product). Valid where nothing over- or underflows. The oracle
/// for `ExactGeometry`, with which it shares no method.
struct Expansion {
  private var components: [Double] = []

  mutating func add(_ left: Double, _ right: Double) {
    let product = left * right
    add((-product).addingProduct(left, right))
    add(product)
  }

  private mutating func add(_ number: Double) {
    var carry = number
    var grown: [Double] = []
    for component in components {
      let sum = carry + component
      let virtual = sum - carry
      let error = (carry - (sum - virtual)) + (component - virtual)
      if error != 0 { grown.append(error) }
      carry = sum
    }
    if carry != 0 { grown.append(carry) }
    components = grown
  }

  /// −1, 0 or 1: the sign of the largest component, which outweighs all others together.
  var sign: Int {
    guard let largest = components.last else { return 0 }
    return largest > 0 ? 1 : -1
  }

  /// The sign of query·left − query·right.
  static func scoreOrder(_ query: SIMD2<Double>, _ left: SIMD2<Double>, _ right: SIMD2<Double>) -> Int {
    var sum = Expansion()
    sum.add(query.x, left.x)
    sum.add(query.y, left.y)
    sum.add(query.x, -right.x)
    sum.add(query.y, -right.y)
    return sum.sign
  }

  /// The sign of the cross product (b − a) × (c − a), multiplied out.
  static func orientation(_ a: SIMD2<Double>, _ b: SIMD2<Double>, _ c: SIMD2<Double>) -> Int {
    var sum = Expansion()
    for (p, q) in [(a, b), (b, c), (c, a)] {
      sum.add(p.x, q.y)
      sum.add(-p.y, q.x)
    }
    return sum.sign
  }
}
