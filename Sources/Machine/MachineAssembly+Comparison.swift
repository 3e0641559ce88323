import Graph
import InstructionSet

/// The outcome of a comparison at byte index 0.
struct Comparison {
  /// 1 where the opcode compares two operands, the comparison holds and the byte index is 0; else 0.
  let holds: Expression
}

extension MachineAssembly {
  /// Every comparison of two operands becomes "margin ≥ 0" for an integer margin, which is −1 for all other opcodes.
  ///
  /// With d = second − top: lt is −d − 1, gt is d − 1, le is −d, ge is d, eq is −|d|, ne is |d| − 1. At byte indices above 0
  /// a bound larger than any difference is taken off.
  mutating func compare(
    _ state: TraceState, _ instruction: FetchedInstruction, _ operands: Operands
  ) -> Comparison {
    let gate = instruction.gate
    let difference = operands.second - operands.top
    let offset = one - Self.operandBound * state.byteIndex
    var margin = -one
    func add(_ value: Expression, _ isOpcode: Expression, _ name: String) {
      margin += builder.reglu(value, isOpcode, name: "margin.\(name)")
    }
    add(offset - one - difference, gate.isOne(of: .ltSigned), "lt_s")
    add(offset - difference, gate.isOne(of: .leSigned), "le_s")
    add(offset - one + difference, gate.isOne(of: .gtSigned), "gt_s")
    add(offset + difference, gate.isOne(of: .geSigned), "ge_s")
    add(offset - one - difference, gate.isOne(of: .ltUnsigned), "lt_u")
    add(offset - difference, gate.isOne(of: .leUnsigned), "le_u")
    add(offset - one + difference, gate.isOne(of: .gtUnsigned), "gt_u")
    add(offset + difference, gate.isOne(of: .geUnsigned), "ge_u")
    add(offset, gate.isOne(of: .eq), "eq")
    add(offset - one, gate.isOne(of: .ne), "ne")
    margin -= distance(difference, where: gate.isOne(of: .eq), "eq")
    margin += distance(difference, where: gate.isOne(of: .ne), "ne")
    let signs =
      signDifference(operands, where: gate.isOne(of: .ltUnsigned, or: .leUnsigned), "less_u")
      - signDifference(operands, where: gate.isOne(of: .gtUnsigned, or: .geUnsigned), "greater_u")
    // The signs have a slot of their own: 2³² times a neuron that counts up to 2³¹ would round the margin.
    let sign = builder.persist(signs, name: "sign_difference")
    let stored = builder.persist(margin, name: "margin")
    let holds = builder.stepglu(one, stored + 0x1p32 * sign, name: "holds")
    return Comparison(holds: holds)
  }

  /// |difference| where the gate is open, else 0.
  private mutating func distance(_ difference: Expression, where isOpcode: Expression, _ name: String) -> Expression {
    let closed = Self.operandBound * (isOpcode - one)
    return builder.reglu(one, difference + closed, name: "distance.\(name).above")
      + builder.reglu(one, closed - difference, name: "distance.\(name).below")
  }

  /// [top < 0] − [second < 0] where the gate is open, else 0: the unsigned difference top − second is the signed one plus
  /// 2³² times this.
  private mutating func signDifference(
    _ operands: Operands, where isOpcode: Expression, _ name: String
  ) -> Expression {
    let closed = Self.operandBound * (isOpcode - one)
    let top = builder.step(one, closed - operands.top - one, name: "sign.\(name).top")
    let second = builder.step(one, closed - operands.second - one, name: "sign.\(name).second")
    return top - second
  }
}
