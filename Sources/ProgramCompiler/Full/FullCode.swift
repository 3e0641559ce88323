import InstructionSet

/// What grows while a module is compiled. It cannot be copied: a copy for each function would take time that grows with the
/// square of their number.
struct FullCode: ~Copyable {
  var assembler = FullAssembler()
  var wideConstants = WideConstants()
  /// Where operators that the machine does not have are found.
  let arithmetic: FullLibrary
  /// The beginnings of the routines that are called.
  private(set) var routines: [FullRoutine: FullLabel] = [:]
  /// The most slots that a frame has which others can be above.
  private(set) var greatestFrame = 0

  init(arithmetic: FullLibrary) {
    self.arithmetic = arithmetic
  }

  /// What there is so far, for the one who goes on with it and puts it back.
  mutating func taken() -> FullCode {
    exchange(&self, with: FullCode(arithmetic: arithmetic))
  }

  mutating func noteFrame(_ slotCount: Int) { greatestFrame = max(greatestFrame, slotCount) }

  /// The beginning of a routine, which is to be compiled.
  mutating func label(of routine: FullRoutine) -> FullLabel {
    if let known = routines[routine] { return known }
    let label = newLabel()
    routines[routine] = label
    return label
  }
}

extension FullCode {
  /// - Parameter offset: where the module asks for the code emitted last.
  /// - Throws: ``ProgramCompilerError`` when there are more instructions than a program can have.
  func checkCount(offset: Int) throws(ProgramCompilerError) {
    guard assembler.count <= FullProgram.greatestCount else {
      throw ProgramCompilerError(
        .unsupported("a program of more than \(FullProgram.greatestCount) instructions", by: .full), offset: offset)
    }
  }
}

/// The eight-byte constants of a program, each once.
struct WideConstants {
  private(set) var values: [UInt64] = []
  private var numbers: [UInt64: UInt32] = [:]

  mutating func number(of value: UInt64) -> UInt32 {
    if let known = numbers[value] { return known }
    values.append(value)
    numbers[value] = UInt32(values.count - 1)
    return UInt32(values.count - 1)
  }
}

/// The assembler's own methods.
extension FullCode {
  mutating func newLabel() -> FullLabel { assembler.newLabel() }
  mutating func place(_ label: FullLabel) { assembler.place(label) }
  mutating func emit(_ opcode: FullOpcode, _ immediate: UInt32 = 0) { assembler.emit(opcode, immediate) }
  mutating func emit(_ opcode: FullOpcode, _ label: FullLabel, upperHalf: UInt32 = 0) {
    assembler.emit(opcode, label, upperHalf: upperHalf)
  }
}
