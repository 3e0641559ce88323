import Graph
import InstructionSet

/// The bytes found in memory and among the local variables.
struct StoredBytes {
  /// The signed byte at the address that a load reads; 0 for other opcodes, beyond the load's width, and where nothing was
  /// ever written.
  let memory: Expression
  /// The byte of the local variable with the current index; meaningful for `local.get`.
  let local: Expression
}

extension MachineAssembly {
  mutating func lookUpStorage(
    _ state: TraceState, _ instruction: FetchedInstruction, _ operands: Operands
  ) -> StoredBytes {
    StoredBytes(
      memory: lookUpMemory(state, instruction, operands), local: lookUpLocal(state, instruction))
  }

  /// A byte token of a store is written at the address that the store popped, its offset and its own index.
  private mutating func lookUpMemory(
    _ state: TraceState, _ instruction: FetchedInstruction, _ operands: Operands
  ) -> Expression {
    let gate = instruction.gate
    let address = builder.persist(
      operands.second + instruction.immediate + state.byteIndex - one, name: "store_address")
    let isStore =
      indicator(gate.isOne(of: .store, or: .store8), "is_store")
      + indicator(gate.isOne(of: .store16, or: .inputBase), "is_store16")
    let height = builder.keyHeight(
      key: address, clear: 2 * one - isStore - columns.continuation, name: "memory")
    let query = builder.persist(
      operands.top + instruction.immediate + state.byteIndex - loadShift(state, gate), name: "load_address")
    let found = builder.fetch(
      [columns.signedByte, address], query: query, key: address, height: height, name: "memory")
    let isFound = found[1] - query
    return builder.whereZero(found[0], isFound, name: "memory_byte")
  }

  /// What moves the address of anything but a load, and of a narrow load's upper bytes, to where nothing is ever written.
  private mutating func loadShift(_ state: TraceState, _ gate: OpcodeGate) -> Expression {
    let isLoad =
      indicator(gate.isOne(of: .load), "is_load")
      + indicator(gate.isOne(of: .load8Signed, or: .load8Unsigned), "is_load8")
      + indicator(gate.isOne(of: .load16Signed, or: .load16Unsigned), "is_load16")
    let beyondByte = builder.reglu(
      state.byteIndex, gate.isOne(of: .load8Signed, or: .load8Unsigned), name: "beyond_byte")
    let beyondHalf = builder.reglu(
      one, state.byteIndex - one + 8 * gate.isOne(of: .load16Signed, or: .load16Unsigned) - 8 * one,
      name: "beyond_half")
    return Self.operandBound * (one - isLoad + beyondByte + beyondHalf)
  }

  /// Locals are keyed by 256 · call depth + 4 · index + byte.
  private mutating func lookUpLocal(_ state: TraceState, _ instruction: FetchedInstruction) -> Expression {
    let gate = instruction.gate
    let key = builder.persist(
      256 * state.callDepth + 4 * instruction.immediate + state.byteIndex - one, name: "local_address")
    let isWrite = indicator(gate.isOne(of: .localSet, or: .localTee), "is_local_write")
    let height = builder.keyHeight(key: key, clear: 2 * one - isWrite - columns.continuation, name: "locals")
    return builder.fetch([columns.byte], query: key + one, key: key, height: height, name: "local")[0]
  }

  /// One neuron that is 1 where the gate is open.
  mutating func indicator(_ gate: Expression, _ name: String) -> Expression {
    builder.reglu(one, gate, name: name)
  }
}
