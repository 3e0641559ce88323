import Graph

/// The numbers of tokens that are more than a byte.
extension FullAssembly {
  /// What is added to the last byte, and what stands in place of a byte where there is none.
  mutating func endingNumber(_ state: FullState, _ instruction: FullInstructionState) -> Expression {
    let isLast = state.byteIndex - instruction[.byteCount] + 2 * one
    let ending = builder.reglu(instruction[.ending], isLast, name: "ending.last")
    let numbered = builder.reglu(
      instruction.immediate, instruction.gate.isUnit(.numbered), name: "ending.numbered")
    return builder.persist(ending + numbered, name: "ending")
  }

  /// The result with a borrow as a mark, and with a pop in place of a jump that is not taken or of a value that is there already.
  mutating func checked(
    _ result: Expression, _ operands: FullOperands, _ instruction: FullInstructionState
  ) -> Expression {
    let gate = instruction.gate
    let raw = builder.persist(result, name: "raw_result")
    let borrow = builder.step(Double(2 * FullTokenNumber.mark) * one, -raw - one, name: "borrow")
    let isTrue = builder.persist(
      builder.reglu(one, operands.topWord, name: "is_true.upper")
        - builder.reglu(one, operands.topWord - one, name: "is_true.lower"),
      name: "is_true")
    // A select that leaves the value below pops one operand more; its factor for that operand is 1.
    let pop = Double(FullTokenNumber.numberOfFirstPop) * one + instruction[.first] - raw
    let untaken = builder.reglu(pop, gate.isUnit(.whenNotZero) - isTrue, name: "pop.when_zero")
    let kept = builder.reglu(pop, gate.isUnit(.whenZero, or: .select) + isTrue - one, name: "pop.when_not_zero")
    return raw + borrow + untaken + kept
  }
}
