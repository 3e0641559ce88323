import Graph
import InstructionSet

/// Jumps to one of several labels, and what can be wrong with a table's element.
extension FullAssembly {
  /// The byte of a label that the popped number chooses, or of the latest one chosen; traps' distances where there is none.
  mutating func labelByte(
    _ operands: FullOperands, _ state: FullState, _ instruction: FullInstructionState
  ) -> Expression {
    let gate = instruction.gate
    let (type, count) = typeAndCount(state, instruction)
    let excess = operands.topWord - count
    let label = builder.persist(
      operands.topWord - builder.reglu(one, excess, name: "label.excess") + one
        + builder.reglu(state.cursor, gate.isUnit(.table), name: "label.own"),
      name: "label")
    let (bytes, found) = fetchLabel(label, state)
    let element = gate.isUnit(.element)
    let isClosed = closed(unless: element)
    let faults =
      differs(found, type, isClosed) + builder.reglu(one, element - found, name: "element.uninitialized")
      + builder.step(one, excess + isClosed, name: "element.undefined")
    return chosen(bytes, gate.isUnit(.table, or: .element), state)
      + builder.reglu(state.byteBeforeLast, gate.isUnit(.lastTarget), name: "label_byte.last")
      + Double(FullTokenNumber.distance(of: .indirectCallTypeMismatch)) * faults
  }

  /// The type of elements that an instruction asks for, and the number of the last label.
  private mutating func typeAndCount(
    _ state: FullState, _ instruction: FullInstructionState
  ) -> (Expression, Expression) {
    if case .weights = place { return (instruction.immediateHalves[0], instruction.immediateHalves[1]) }
    let opcode = opcodePosition(state.cursor)
    let type = builder.gather([state.half], at: opcode + 2 * one, name: "element_type")[0]
    return (type, builder.gather([state.half], at: opcode + 4 * one, name: "label_count")[0])
  }

  /// The bytes of a label, and the type of the element that it is: of the bytes the one with the current index, or both.
  private mutating func fetchLabel(_ label: Expression, _ state: FullState) -> ([Expression], Expression) {
    if case .weights(let program) = place {
      let columns = builder.table(program.labelColumns, index: label + one, name: "label.table")
      return (Array(columns[..<2]), columns[2])
    }
    let place = opcodePosition(label)
    let byte = builder.gather([columns[.byte]], at: place + one + state.byteIndex, name: "label_byte")[0]
    return ([byte], builder.gather([state.half], at: place + 4 * one, name: "label_type")[0])
  }

  /// The byte with the current index where the gate is open; a table's instructions write two.
  private mutating func chosen(_ bytes: [Expression], _ gate: Expression, _ state: FullState) -> Expression {
    guard bytes.count > 1 else { return builder.reglu(bytes[0], gate, name: "label_byte.chosen") }
    return builder.reglu(bytes[0], gate - state.byteIndex, name: "label_byte.first")
      + builder.reglu(bytes[1], state.byteIndex + closed(unless: gate), name: "label_byte.second")
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
