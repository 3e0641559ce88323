import Graph
import InstructionSet

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
      isLoad: indicator(load, "is_load"),
      // What the host writes behind a trap is not stored, even if a store would have come next: a trap has a mark.
      isStore: indicator(store - columns[.mark], "is_store"))
  }

  /// The byte last written at a load's address; 0 for other instructions, beyond the load's bytes, and where nothing was
  /// ever written.
  ///
  /// A token is written where the position before it was about to write, data one behind the other.
  mutating func loadedByte(
    _ access: MemoryAccess, _ state: FullState, _ isBeyond: Expression
  ) -> Expression {
    let before = builder.gather([access.address, access.isStore], at: position - one, name: "address_before")
    let key = builder.persist(
      before[0] + builder.reglu(state.dataOrigin + position - before[0], columns[.data], name: "written.data"),
      name: "written")
    let height = builder.keyHeight(key: key, clear: one - before[1] - columns[.data], name: "memory")
    let query = builder.persist(
      access.address - Self.operandBound * (one - access.isLoad + isBeyond), name: "load_address")
    let found = builder.fetch(
      [columns[.byte], key], query: query, key: key, height: height, name: "memory")
    return builder.whereZero(found[0], found[1] - query, name: "memory_byte")
  }

  /// The trap's distance where an access reaches beyond memory, else 0.
  mutating func outOfBounds(
    _ access: MemoryAccess, _ state: FullState, _ instruction: FullInstructionState
  ) -> Expression {
    let end = access.address - state.byteIndex + instruction[.sourceBytes]
    let isAccess = access.isLoad + access.isStore
    return builder.step(
      Double(FullTokenNumber.distance(of: .outOfBoundsMemoryAccess)) * one,
      end - state.memorySize - one + Self.operandBound * (isAccess - one), name: "out_of_bounds")
  }
}
