import Graph
import InstructionSet

/// The instruction being executed.
struct FetchedInstruction {
  let gate: OpcodeGate
  /// The immediate as a signed number.
  let immediate: Expression
  /// Where in the prompt the immediate's byte with the current index stands; zero for a specialised machine.
  let immediateBytePosition: Expression
  /// The immediate's bytes for the opcodes that emit them; empty for a universal machine.
  let immediateBytes: [Expression]
}

extension MachineAssembly {
  /// Instruction i stands at positions 5i + 1 to 5i + 5 of the prompt and is executed at cursor i + 1.
  mutating func fetchFromPrompt(_ state: TraceState) -> FetchedInstruction {
    let opcodePosition = 5 * state.cursor.exact - 4 * one
    let point = builder.gather([columns.opcodeX, columns.opcodeY], at: opcodePosition, name: "opcode")
    let immediate = builder.gather([state.word], at: opcodePosition + 5 * one, name: "immediate")
    return FetchedInstruction(
      gate: OpcodeGate(x: point[0], y: point[1], one: one), immediate: immediate[0],
      immediateBytePosition: opcodePosition + one + state.byteIndex, immediateBytes: [])
  }

  /// Each property of an instruction as a table over the cursor.
  ///
  /// A program that reads its input begins at cursor 0; one that does not begins at 1, after the commit of its prompt.
  mutating func fetchFromTables(of program: Program, _ state: TraceState) -> FetchedInstruction {
    let index = program.input == nil ? state.cursor.exact - one : state.cursor.exact
    let rows = program.instructions
    let emitted = (0..<4).map { byte in rows.map { $0.emitsImmediate ? Double($0.immediateBytes[byte]) : 0 } }
    let numbers = rows.map { $0.usesImmediateAsNumber ? $0.immediate : 0 }
    let columns: [[Double]] =
      [rows.map { Double($0.opcode.point.x) }, rows.map { Double($0.opcode.point.y) }]
      + [numbers.map { Double($0 & 0xffff) }, numbers.map { Double($0 >> 16) }] + emitted
    let values = builder.table(columns, index: index, name: "instruction")
    return FetchedInstruction(
      gate: OpcodeGate(x: values[0], y: values[1], one: one), immediate: values[2] + 65536 * values[3],
      immediateBytePosition: .zero, immediateBytes: Array(values[4...]))
  }
}

extension Instruction {
  /// Whether bytes of the immediate appear in the trace.
  fileprivate var emitsImmediate: Bool {
    switch opcode.description.immediate {
    case .constant, .jump: true
    case .none, .local, .global, .offset: false
    }
  }

  /// Whether the machine computes with the immediate.
  fileprivate var usesImmediateAsNumber: Bool {
    switch opcode.description.immediate {
    case .local, .offset: true
    case .none, .global, .constant, .jump: false
    }
  }
}
