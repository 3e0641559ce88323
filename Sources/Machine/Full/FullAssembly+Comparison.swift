import Graph

extension FullAssembly {
  /// 1 where the operand below the top is related to the top as the opcode asks.
  ///
  /// Eight-byte operands are compared by their upper halves first: the sign of that difference outweighs any difference of the
  /// lower halves. Signed numbers are unsigned ones, less 2³² where the highest bit is set.
  mutating func compare(_ operands: FullOperands, _ instruction: FullInstructionState) -> Expression {
    let signs = builder.reglu(
      operands.belowSign - operands.topSign, instruction[.isSigned], name: "difference.signs")
    let upper = builder.persist(
      operands.belowWord - operands.topWord - 0x1p32 * signs, name: "difference.upper")
    let direction =
      builder.reglu(one, upper + one, name: "direction.upper")
      - builder.reglu(one, upper - one, name: "direction.lower")
      - one
    let difference = builder.persist(
      0x1p33 * direction + operands.belowLowWord - operands.topLowWord, name: "difference")
    return instruction[.whenEqual]
      + builder.step(instruction[.greaterLessEqual], difference - one, name: "when_greater")
      + builder.step(instruction[.lessLessEqual], -difference - one, name: "when_less")
  }
}
