import Graph
package import InstructionSet

/// The point of the opcode being executed, and linear tests on it.
struct OpcodeGate {
  let x: Expression
  let y: Expression
  let one: Expression

  /// 1 where the opcode is the given one, an integer ≤ 0 where it is another, 0 at the first position.
  func isOne(of opcode: Opcode) -> Expression {
    isOne(at: opcode.point)
  }

  /// 1 where the opcode is one of two whose points are neighbours on the circle, an integer ≤ 0 elsewhere.
  func isOne(of first: Opcode, or second: Opcode) -> Expression {
    isOne(at: first.point, or: second.point)
  }

  /// 1 where the point is the given one, an integer ≤ 0 where it is another.
  func isOne(at point: CirclePoint) -> Expression {
    expression { CirclePoint.gate(point, at: $0) }
  }

  /// 1 where the point is one of two neighbours, an integer ≤ 0 elsewhere.
  func isOne(at first: CirclePoint, or second: CirclePoint) -> Expression {
    expression { CirclePoint.gate(first, second, at: $0) }
  }

  /// The affine function of the opcode's point, as an expression.
  private func expression(_ function: (CirclePoint) -> Int) -> Expression {
    let constant = function(CirclePoint(x: 0, y: 0))
    let alongX = function(CirclePoint(x: 1, y: 0)) - constant
    let alongY = function(CirclePoint(x: 0, y: 1)) - constant
    return Double(alongX) * x + Double(alongY) * y + Double(constant) * one
  }
}

extension Opcode {
  /// The opcode's point on the circle.
  package var point: CirclePoint {
    CirclePoint.all[description.pointIndex % CirclePoint.all.count]
  }
}
