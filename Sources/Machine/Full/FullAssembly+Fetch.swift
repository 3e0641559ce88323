import Graph
import InstructionSet

/// The instruction being executed.
struct FullInstructionState {
  let signals: [ControlWord.Signal: Expression]
  let gate: OpcodeGate
  /// The immediate as a signed number.
  let immediate: Expression
  /// The immediate's byte with the current index, times the factor that the opcode has for it.
  let immediateByte: Expression
  /// The immediate of the instruction before, which is the one that this token ended, unless that jumped.
  let immediateBefore: Expression
  /// The immediate's lower and upper half, where they come from a table; else empty.
  let immediateHalves: [Expression]

  /// The signal's value for the opcode.
  subscript(signal: ControlWord.Signal) -> Expression { signals[signal] ?? .zero }
}

extension FullAssembly {
  /// Where the opcode of the instruction with a number stands.
  func opcodePosition(_ number: Expression) -> Expression {
    Double(FullProgram.position(ofInstruction: 0)) * one + 5 * number
  }

  mutating func fetch(_ state: FullState) -> FullInstructionState {
    switch place {
    case .prompt: fetchFromPrompt(state)
    case .weights(let program): fetch(from: program, state)
    }
  }

  private mutating func fetchFromPrompt(_ state: FullState) -> FullInstructionState {
    let place = opcodePosition(state.cursor)
    let signals = fetchSignals(at: place)
    let number = state.word - 0x1p32 * columns[.bit7]
    let immediate = builder.gather([number], at: place + 4 * one, name: "immediate")[0]
    let before = builder.gather([number], at: place - one, name: "immediate_before")[0]
    let byte = builder.gather([columns[.byte]], at: place + one + state.byteIndex, name: "immediate_byte")[0]
    let factor = signals[.immediate] ?? .zero
    return FullInstructionState(
      signals: signals, gate: OpcodeGate(x: signals[.unitX] ?? .zero, y: signals[.unitY] ?? .zero, one: one),
      immediate: immediate, immediateByte: builder.reglu(factor, byte, name: "immediate_byte.chosen"),
      immediateBefore: before, immediateHalves: [])
  }

  private mutating func fetchSignals(at place: Expression) -> [ControlWord.Signal: Expression] {
    var signals: [ControlWord.Signal: Expression] = [:]
    let all = ControlWord.Signal.allCases
    for first in stride(from: 0, to: all.count, by: 2) {
      let pair = all[first..<min(first + 2, all.count)]
      let values = builder.gather(
        pair.map { columns[$0] }, at: place, name: pair.map { "\($0)" }.joined(separator: "+"))
      for (signal, value) in zip(pair, values) { signals[signal] = value }
    }
    return signals
  }
}
