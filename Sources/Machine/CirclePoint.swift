/// The integer points of the circle x² + y² = 32045, one for each opcode.
///
/// Two different points p and q of the circle have p · q < 32045, hence ≤ 32044: relu(p · q − 32044) tells whether they
/// are the same. 32045 = 5 · 13 · 17 · 29 is the smallest radius² with 64 integer points.
package struct CirclePoint: Hashable, Sendable {
  package let x: Int
  package let y: Int

  static let squaredRadius = 32045

  /// All points in counterclockwise order from the positive x axis.
  package static let all: [CirclePoint] = {
    let quarter = (1...179).compactMap { y -> CirclePoint? in
      (1...179).first { $0 * $0 + y * y == squaredRadius }.map { CirclePoint(x: $0, y: y) }
    }
    // In the first quarter a greater y is a greater angle; the other quarters are it, turned.
    return (0..<4).flatMap { turns in quarter.map { $0.turned(turns) } }
  }()

  private func turned(_ quarters: Int) -> CirclePoint {
    (0..<quarters).reduce(self) { point, _ in CirclePoint(x: -point.y, y: point.x) }
  }

  func dot(_ other: CirclePoint) -> Int {
    x * other.x + y * other.y
  }

  /// 1 where `other` is `point`, an integer ≤ 0 on the other points.
  package static func gate(_ point: CirclePoint, at other: CirclePoint) -> Int {
    point.dot(other) - squaredRadius + 1
  }

  /// 1 where `other` is one of two neighbours, an integer ≤ 0 on the other points.
  ///
  /// The direction p + q is normal to the chord between p and q: both have the same dot product with it, and every
  /// other point lies below the chord.
  package static func gate(_ p: CirclePoint, _ q: CirclePoint, at other: CirclePoint) -> Int {
    (p.dot(other) + q.dot(other)) - (squaredRadius + p.dot(q)) + 1
  }
}
