import Graph

/// Which byte of memory an instruction reaches.
struct MemoryAccess {
  /// The address of the byte with the current index.
  let address: Expression
  let isLoad: Expression
  let isStore: Expression
}

extension FullAssembly {
  mutating func access(
    _ operands: FullOperands, _ state: FullState, _ instruction: FullInstructionState
  ) -> MemoryAccess {
    let (load, store) = (instruction.gate.isUnit(.load), instruction.gate.isUnit(.store))
    let base =
      builder.reglu(operands.topWord, load, name: "address.load")
      + builder.reglu(operands.belowWord, store, name: "address.store")
    return MemoryAccess(
      address: builder.persist(base + instruction.immediate + state.byteIndex, name: "address"),
      isLoad: indicator(load, "is_load"), isStore: indicator(store, "is_store"))
  }

  /// The byte last written at a load's address; 0 for other instructions, beyond the load's bytes, and where nothing was
  /// ever written.
  ///
  /// A token is written where the position before it was about to write.
  mutating func loadedByte(_ access: MemoryAccess, _ isBeyond: Expression) -> Expression {
    let before = builder.gather([access.address, access.isStore], at: position - one, name: "address_before")
    let height = builder.keyHeight(key: before[0], clear: one - before[1], name: "memory")
    let query = builder.persist(
      access.address - Self.operandBound * (one - access.isLoad + isBeyond), name: "load_address")
    let found = builder.fetch(
      [columns[.byte], before[0]], query: query, key: before[0], height: height, name: "memory")
    return builder.whereZero(found[0], found[1] - query, name: "memory_byte")
  }

  /// A number beyond all tokens where an access reaches beyond memory, else 0: the last token is that trap.
  mutating func trapNumber(
    _ access: MemoryAccess, _ state: FullState, _ instruction: FullInstructionState
  ) -> Expression {
    let end = access.address - state.byteIndex + instruction[.sourceBytes]
    let isAccess = access.isLoad + access.isStore
    return builder.step(
      0x1p18 * one, end - state.memorySize - one + Self.operandBound * (isAccess - one), name: "out_of_bounds")
  }

  /// The byte of the label that the popped number chooses among those behind a `br_table`.
  mutating func tableTarget(
    _ operands: FullOperands, _ state: FullState, _ instruction: FullInstructionState
  ) -> Expression {
    let excess = builder.reglu(one, operands.topWord - instruction.immediate, name: "label.excess")
    let label = state.cursor + one + operands.topWord - excess
    let place = builder.persist(opcodePosition(label) + one + state.byteIndex, name: "label.place")
    let byte = builder.gather([columns[.byte]], at: place, name: "label")[0]
    return builder.reglu(byte, instruction.gate.isUnit(.table), name: "label.byte")
  }
}
