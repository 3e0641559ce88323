import Graph

/// Results that need the operands' byte with the current index and little else.
extension FullAssembly {
  /// Sums, differences, logic, copies, signs and counts of bits, from −256 to 511.
  mutating func combine(
    _ operands: FullOperands, _ state: FullState, _ instruction: FullInstructionState
  ) -> Expression {
    let inner = columns[.innerByte]
    var result = builder.reglu(instruction[.first], operands.below.number, name: "result.first")
    // The mark is a carry where the top is added and a borrow where it is subtracted.
    result += builder.reglu(instruction[.second], operands.top.number + columns[.mark], name: "result.second")
    for bit in operands.top.indices {
      let both = operands.below[bit] + operands.top[bit] - one
      result += Double(1 << bit) * builder.reglu(instruction[.and], both, name: "result.and.\(bit)")
    }
    let isSigned = columns[.bit7] + operands.isBeyond + instruction[.extendsSign] - 2 * one
    result += 255 * builder.reglu(one, isSigned, name: "result.sign")
    result += countBits(operands, inner, state, instruction)
    return result
  }

  /// Each byte is the count over the bytes so far, from the count before, which is the token before unless this is the first.
  private mutating func countBits(
    _ operands: FullOperands, _ before: Expression, _ state: FullState, _ instruction: FullInstructionState
  ) -> Expression {
    let gate = instruction.gate
    let ones = operands.top.reduce(.zero, +)
    var result = builder.reglu(ones + before, gate.isUnit(.ones), name: "count.ones")
    let leading = gate.isUnit(.leadingZeros)
    result += builder.reglu(operands.leadingZeros, leading, name: "count.leading")
    result += builder.reglu(
      before, operands.leadingZeros - 7 * one + closed(unless: leading), name: "count.leading.before")
    let trailing = gate.isUnit(.trailingZeros)
    result += builder.reglu(before, trailing, name: "count.trailing.before")
    let areAllZero = before - 8 * state.byteIndex + one
    result += builder.reglu(
      operands.trailingZeros, areAllZero + closed(unless: trailing), name: "count.trailing")
    return result
  }
}
