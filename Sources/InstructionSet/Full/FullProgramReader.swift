/// Reads a full-profile program's tokens one after the other.
struct FullProgramReader {
  private var words: TokenWords
  private var current: TokenWord?
  /// The line of the current word, at the end that of the last one.
  private var line = 1
  private let vocabulary = FullVocabulary()

  init(_ text: String) {
    words = TokenWords(text)
    advance()
  }

  /// The whole text as a program.
  mutating func program() throws(ProgramError) -> FullProgram {
    try expect(.programStart)
    for value in FullProgram.smallValues { try expect(value) }
    var instructions: [FullInstruction] = []
    while try token(expecting: "an instruction or '}'") != .programEnd { instructions.append(try instruction()) }
    advance()
    let (constants, data, entry) = try rest()
    if current != nil { throw error("the end of the text") }
    let first = FullProgram.position(ofInstruction: instructions.count) + 1
    do {
      let program = try FullProgram(
        instructions: instructions.map { $0.unresolved(firstConstant: first) }, wideConstants: constants, data: data,
        entry: entry)
      return program
    } catch {
      throw ProgramError(.invalid(error))
    }
  }

  /// What stands behind the instructions: the bytes of constants come before those of the first address, or of the jump.
  private mutating func rest() throws(ProgramError) -> (constants: [UInt64], data: [MemorySegment], entry: Int) {
    var constants: [UInt64] = []
    var data: [MemorySegment] = []
    var bytes: [UInt8] = []
    while true {
      let expected = "a byte, an address of data or the jump to the entry"
      switch try token(expecting: expected) {
      case .byte(let byte, marked: false):
        bytes.append(byte)
        advance()
      case .dataAddress(let byte):
        let address = try value(bytes + [byte], size: 4, &constants, isFirst: data.isEmpty)
        bytes = []
        advance()
        data.append(MemorySegment(address: UInt32(truncatingIfNeeded: address), bytes: try dataBytes()))
      case .last(let byte, .jump(0), marked: false):
        let entry = try value(bytes + [byte], size: 2, &constants, isFirst: data.isEmpty)
        advance()
        return (constants, data, Int(entry))
      default: throw error(expected)
      }
    }
  }

  /// The number that the last bytes make, and constants from those before them.
  private func value(
    _ bytes: [UInt8], size: Int, _ constants: inout [UInt64], isFirst: Bool
  ) throws(ProgramError) -> UInt64 {
    let others = bytes.count - size
    guard others == 0 || (isFirst && others > 0 && others % 8 == 0) else {
      throw error("constants of 8 bytes and \(size - 1) bytes before this one")
    }
    for start in stride(from: 0, to: others, by: 8) { constants.append(Self.number(bytes[start..<start + 8])) }
    return Self.number(bytes[others...])
  }

  private mutating func dataBytes() throws(ProgramError) -> [UInt8] {
    var bytes: [UInt8] = []
    while case .data(let byte) = try token(expecting: "a byte of data or the jump to the entry") {
      bytes.append(byte)
      advance()
    }
    return bytes
  }

  private mutating func instruction() throws(ProgramError) -> FullInstruction {
    guard case .instruction(let opcode) = try token(expecting: "an instruction or '}'") else {
      throw error("an instruction or '}'")
    }
    advance()
    var bytes: [UInt8] = []
    while bytes.count < 4 {
      guard case .byte(let byte, marked: false) = try token(expecting: "a byte of the immediate") else {
        throw error("a byte of the immediate")
      }
      bytes.append(byte)
      advance()
    }
    return FullInstruction(opcode, UInt32(truncatingIfNeeded: Self.number(bytes[...])))
  }

  private static func number(_ bytes: ArraySlice<UInt8>) -> UInt64 {
    bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }

  private mutating func advance() {
    current = words.next()
    if let current { line = current.line }
  }

  private mutating func expect(_ token: FullToken) throws(ProgramError) {
    guard try self.token(expecting: "'\(token.text)'") == token else { throw error("'\(token.text)'") }
    advance()
  }

  private func token(expecting expected: String) throws(ProgramError) -> FullToken {
    guard let current else { throw error(expected) }
    guard let token = vocabulary.token(current.text) else {
      throw ProgramError(.unknownToken(current.text), line: line)
    }
    return token
  }

  private func error(_ expected: String) -> ProgramError {
    let found = current.map { ProgramError.quoted($0.text) } ?? "the end of the text"
    return ProgramError(.expected(expected, found: found), line: line)
  }
}

extension FullInstruction {
  /// The instruction with the immediate that it has outside a prompt, where constants and traps are named by other numbers. What fits
  /// no constant and no trap becomes a number that is out of range.
  fileprivate func unresolved(firstConstant: Int) -> FullInstruction {
    switch opcode {
    case .wideConst: FullInstruction(opcode, Self.quotient(Int(immediate) - firstConstant, by: 8))
    case .trap: FullInstruction(opcode, Self.quotient(Int(immediate), by: FullProgram.trapDistance))
    default: self
    }
  }

  private static func quotient(_ number: Int, by divisor: Int) -> UInt32 {
    number >= 0 && number % divisor == 0 ? UInt32(truncatingIfNeeded: number / divisor) : .max
  }
}
