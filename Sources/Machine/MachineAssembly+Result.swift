import Graph
import InstructionSet

/// The byte to emit, before it is brought into the range of token numbers.
struct ResultByte {
  /// From −256 to 511, or the number of an output token; the outcome of a comparison is still to be added.
  let raw: Expression
  /// What to add where `raw` is negative: 256 for a byte that was only read as signed, 512 for one to be marked.
  let wrap: Expression
}

extension MachineAssembly {
  /// The sum of the source bytes, the mark before and the stored bytes, with what single opcodes do differently.
  mutating func computeResult(
    _ state: TraceState, _ instruction: FetchedInstruction, _ operands: Operands, _ sources: SourceBytes,
    _ stored: StoredBytes
  ) -> ResultByte {
    let gate = instruction.gate
    let mark = columns.mark
    let immediateByte = selectImmediateByte(instruction, state)
    var raw = sources.first + sources.second + mark + stored.memory + immediateByte
    func add(_ factor: Double, _ value: Expression, _ isOpcode: Expression, _ name: String) {
      raw += factor * builder.reglu(value, isOpcode, name: "result.\(name)")
    }
    add(-2, sources.first + mark, gate.isOne(of: .sub), "sub")
    add(-2, sources.first + mark, gate.isOne(of: .return), "return")
    add(1, stored.local, gate.isOne(of: .localGet), "local")
    add(Double(TokenNumber.firstOutput), one, gate.isOne(of: .output), "output")
    // A mark on the byte before says "negative": this byte is 255, marked, which is 511, and 1 of it is already there.
    add(510, mark, gate.isOne(of: .load8Signed, or: .load16Signed), "sign")
    add(1, operands.topIsZero, gate.isOne(of: .eqz) - state.byteIndex, "eqz")
    let isSelect = gate.isOne(of: .select)
    add(-1, sources.first, isSelect + operands.topIsZero - one, "select_second")
    add(-1, sources.second, isSelect - operands.topIsZero, "select_third")
    return ResultByte(
      raw: builder.persist(raw, name: "raw_result"), wrap: builder.persist(wrap(gate, state), name: "wrap"))
  }

  private mutating func wrap(_ gate: OpcodeGate, _ state: TraceState) -> Expression {
    let mark = Double(TokenNumber.mark)
    func plain(_ isOpcode: Expression, _ name: String) -> Expression {
      builder.reglu(mark * one, isOpcode, name: "plain.\(name)")
    }
    return 2 * mark * one - plain(gate.isOne(of: .load, or: .load8Unsigned), "load")
      - plain(gate.isOne(of: .load16Unsigned), "load16_u")
      - plain(gate.isOne(of: .load16Signed) - state.byteIndex, "load16_s")
  }

  /// The immediate's byte with the current index, for a machine that holds its program in tables.
  ///
  /// The bytes are the values at 0…3 of a function of the index, interpolated linearly and 0 from 4 on.
  private mutating func selectImmediateByte(_ instruction: FetchedInstruction, _ state: TraceState) -> Expression {
    let bytes = instruction.immediateBytes
    guard bytes.count == 4 else { return .zero }
    func byte(_ index: Int) -> Expression { bytes.indices.contains(index) ? bytes[index] : .zero }
    var sum = bytes[0]
    for index in 0...4 {
      let slopeBefore = index == 0 ? Expression.zero : byte(index) - byte(index - 1)
      let slopeAfter = byte(index + 1) - byte(index)
      sum += builder.reglu(
        slopeAfter - slopeBefore, state.byteIndex - Double(index) * one, name: "immediate_byte.\(index)")
    }
    return sum
  }
}
