import Graph
import InstructionSet

/// The point of the opcode being executed, and linear tests on it.
struct OpcodeGate {
  let x: Expression
  let y: Expression
  let one: Expression

  /// 1 where the opcode is the given one, an integer ≤ 0 where it is another, 0 at the first position.
  func isOne(of opcode: Opcode) -> Expression {
    let point = opcode.point
    return Double(point.x) * x + Double(point.y) * y - Double(CirclePoint.squaredRadius - 1) * one
  }

  /// 1 where the opcode is one of two whose points are neighbours on the circle, an integer ≤ 0 elsewhere.
  ///
  /// The direction is the sum of the two points: it is normal to their chord, and every other point lies below it.
  func isOne(of first: Opcode, or second: Opcode) -> Expression {
    let (p, q) = (first.point, second.point)
    let level = CirclePoint.squaredRadius + p.dot(q)
    return Double(p.x + q.x) * x + Double(p.y + q.y) * y - Double(level - 1) * one
  }
}

extension Opcode {
  /// The opcode's point on the circle.
  var point: CirclePoint {
    CirclePoint.all[description.pointIndex % CirclePoint.all.count]
  }
}
