import Graph
import InstructionSet

/// What a machine with a program in its weights does instead of reading the program.
extension FullAssembly {
  /// What is known of the instruction, as tables over the cursor.
  mutating func fetch(from program: BakedProgram, _ state: FullState) -> FullInstructionState {
    var facts: [BakedProgram.Fact: Expression] = [:]
    for table in BakedProgram.tables {
      let name = table.map(\.name).joined(separator: "+")
      let values = builder.table(program.columns(table), index: state.cursor + one, name: name, isOwn: true)
      for (fact, value) in zip(table, values) { facts[fact] = value }
    }
    func value(_ fact: BakedProgram.Fact) -> Expression { facts[fact] ?? .zero }
    var signals: [ControlWord.Signal: Expression] = [:]
    for signal in ControlWord.Signal.allCases { signals[signal] = value(.signal(signal)) }
    signals[.wrap] = value(.signal(.wrap)) + ControlWord.farAway * value(.wrapsFar)
    signals[.outside] = ControlWord.farAway * value(.isFarOutside)
    let second = builder.reglu(
      value(.secondByte) - value(.firstByte), state.byteIndex, name: "immediate_byte.second")
    return FullInstructionState(
      signals: signals, gate: OpcodeGate(x: value(.signal(.unitX)), y: value(.signal(.unitY)), one: one),
      immediate: value(.low) + 65536 * value(.high), immediateByte: value(.firstByte) + second,
      immediateBefore: value(.before), immediateHalves: [value(.low), value(.high)])
  }

  /// The position behind which the prologue is written.
  mutating func findPrologue() -> Expression {
    guard case .weights = place else { return .zero }
    return builder.fetch(
      [position], query: .zero, key: .zero, keySquare: .zero, clear: columns.noPrologue, name: "prologue_start")[0]
  }

  /// The number of the prologue's next token; 0 behind it, where there are instructions, as the machine's number is before.
  mutating func prologueNumber(_ state: FullState) -> Expression {
    guard case .weights(let program) = place else { return .zero }
    let count = Double(program.prologue.count)
    let written = position - state.prologueStart
    let excess = builder.reglu(one, written - count * one, name: "prologue.excess")
    let index = builder.persist(written - excess, name: "prologue.index")
    return builder.table([program.prologue + [0]], index: index, name: "prologue")[0]
  }
}
