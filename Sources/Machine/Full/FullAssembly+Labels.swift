import Graph
import InstructionSet

/// Jumps to one of several labels, and what can be wrong with a table's element.
extension FullAssembly {
  /// The byte of a label that the popped number chooses, or of the latest one chosen; traps' distances where there is none.
  mutating func labelByte(
    _ operands: FullOperands, _ state: FullState, _ instruction: FullInstructionState
  ) -> Expression {
    let gate = instruction.gate
    let opcode = opcodePosition(state.cursor)
    let type = builder.gather([state.half], at: opcode + 2 * one, name: "element_type")[0]
    let count = builder.gather([state.half], at: opcode + 4 * one, name: "label_count")[0]
    let excess = operands.topWord - count
    let label = builder.persist(
      operands.topWord - builder.reglu(one, excess, name: "label.excess") + one
        + builder.reglu(state.cursor, gate.isUnit(.table), name: "label.own"),
      name: "label")
    let place = opcodePosition(label)
    let byte = builder.gather([columns[.byte]], at: place + one + state.byteIndex, name: "label_byte")[0]
    let found = builder.gather([state.half], at: place + 4 * one, name: "label_type")[0]
    let element = gate.isUnit(.element)
    let isClosed = closed(unless: element)
    let faults =
      differs(found, type, isClosed) + builder.reglu(one, element - found, name: "element.uninitialized")
      + builder.step(one, excess + isClosed, name: "element.undefined")
    return builder.reglu(byte, gate.isUnit(.table, or: .element), name: "label_byte.chosen")
      + builder.reglu(state.byteBeforeLast, gate.isUnit(.lastTarget), name: "label_byte.last")
      + Double(FullTokenNumber.distance(of: .indirectCallTypeMismatch)) * faults
  }

  /// 1 where two integers differ and the gate is not closed.
  private mutating func differs(_ first: Expression, _ second: Expression, _ isClosed: Expression) -> Expression {
    builder.step(one, first - second - one + isClosed, name: "element.greater_type")
      + builder.step(one, second - first - one + isClosed, name: "element.lesser_type")
  }

  /// The trap's distance where the stack has no room for another frame, else 0.
  mutating func stackExhausted(_ state: FullState, _ instruction: FullInstructionState) -> Expression {
    let trap = Double(FullTokenNumber.distance(of: .callStackExhausted))
    return builder.step(
      trap * one, state.stackDepth - instruction.immediate + closed(unless: instruction.gate.isUnit(.enter)),
      name: "stack_exhausted")
  }
}
