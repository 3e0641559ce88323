import Graph
import InstructionSet

/// Division, a byte at a time from the most significant one on.
extension FullAssembly {
  /// The quotient's next byte, then the four bytes again in the order of a value.
  ///
  /// Attention divides: of the keys (2p, −p²) the one with p nearest to x / y has the highest score for the query (x, y). So
  /// the remainder need not be divided by anything but compared with all its multiples, which are positions. Everything is
  /// scaled by a power of 256, so that the digits found so far keep their places.
  mutating func quotient(
    _ factors: Factors, _ operands: FullOperands, _ state: FullState, _ instruction: FullInstructionState
  ) -> Expression {
    let missing = factors.missing
    let divisor = operands.topWord
    let scale = builder.table([[0x1p24, 0x1p16, 0x1p8, 1]], index: state.byteIndex, name: "quotient.scale")[0]
    let digits = [columns[.byte], state.byteBefore, state.byteBeforeLast].enumerated().reduce(.zero) { sum, digit in
      sum + Double(1 << (8 * digit.offset))
        * builder.reglu(one, digit.element - 256 * missing[digit.offset], name: "digits.\(digit.offset)")
    }
    let placed = builder.reglu(
      256 * builder.persist(digits, name: "digits"), scale, name: "digits.placed", isLarge: true)
    let dividend = (0..<3).reduce(0x1p24 * factors.below[3]) { sum, byte in
      sum + Double(1 << (8 * byte))
        * builder.reglu(one, factors.below[byte] - 256 * missing[2 - byte], name: "dividend.\(byte)")
    }
    let known = builder.persist(dividend, name: "dividend")
    let unit = builder.reglu(divisor, scale, name: "quotient.unit", isLarge: true)
    let remainder = builder.persist(
      2 * known - 2 * builder.reglu(divisor, placed, name: "digits.product", isLarge: true) - unit + scale,
      name: "remainder")
    let digit = builder.lookup(
      values: [position], query: PlanePoint(remainder, 2 * unit),
      key: PlanePoint(2 * position, -builder.positionSquared), rule: .latest, name: "quotient_digit")[0]
    let again = builder.gather(
      [columns[.byte]], at: position - 2 * state.byteIndex + 8 * one, name: "quotient_again")[0]
    let isQuotient = instruction.gate.isUnit(.quotient)
    let late = builder.reglu(one, state.byteIndex - 3 * one, name: "quotient.late")
    // Nothing is nearest then, and the digit would be any position.
    let isByZero = builder.reglu(one, isQuotient - divisor, name: "divisor.zero")
    let trap = Double(FullTokenNumber.distance(of: .integerDivideByZero))
    return builder.reglu(
      one, digit - Self.operandBound * (late + isByZero) + closed(unless: isQuotient), name: "quotient.first")
      + builder.reglu(one, again - 256 * missing[3] + closed(unless: isQuotient), name: "quotient.second")
      + trap * isByZero
  }
}
