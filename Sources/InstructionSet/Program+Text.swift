extension Program {
  /// The text form: `{`, one instruction a line, `}`, and the input where the program reads one.
  public var text: String {
    var lines = ["{"]
    lines += instructions.map { $0.tokens.map(\.text).joined(separator: " ") }
    lines.append("}")
    let input = inputTokensText
    if !input.isEmpty { lines.append(input) }
    return lines.joined(separator: "\n") + "\n"
  }

  private var inputTokensText: String {
    prompt.dropFirst(2 + 5 * instructions.count).map(\.text).joined(separator: " ")
  }

  /// Reads the text form; white space of any kind separates tokens.
  ///
  /// - Throws: ``ProgramError`` with the line of the first token that does not fit.
  public init(text: String) throws(ProgramError) {
    var reader = ProgramReader(text)
    try reader.expect(.programStart)
    var instructions: [Instruction] = []
    while !reader.isNext(.programEnd) {
      let line = reader.line
      instructions.append(try reader.instruction())
      guard instructions.count == 1 || instructions.last?.opcode != .inputBase else {
        throw ProgramError(.misplacedInputBase(instruction: instructions.count - 1), line: line)
      }
    }
    if instructions.isEmpty { throw ProgramError(.noInstructions, line: reader.line) }
    try reader.expect(.programEnd)
    let input = instructions.first?.opcode == .inputBase ? try reader.input() : nil
    try reader.expectEnd()
    try self.init(instructions: instructions, input: input)
  }
}

/// Reads a program's tokens one after the other.
private struct ProgramReader {
  private var words: TokenWords
  private var current: TokenWord?
  /// The line of the current word, at the end that of the last one.
  private(set) var line = 1
  private let vocabulary = Vocabulary(.universal)

  init(_ text: String) {
    words = TokenWords(text)
    advance()
  }

  private mutating func advance() {
    current = words.next()
    if let current { line = current.line }
  }

  private var found: String {
    current.map { ProgramError.quoted($0.text) } ?? "the end of the text"
  }

  func isNext(_ token: Token) -> Bool {
    guard let current else { return false }
    return vocabulary.token(current.text) == token
  }

  mutating func expect(_ token: Token) throws(ProgramError) {
    guard isNext(token) else { throw ProgramError(.expected("'\(token.text)'", found: found), line: line) }
    advance()
  }

  func expectEnd() throws(ProgramError) {
    if current != nil { throw ProgramError(.expected("the end of the text", found: found), line: line) }
  }

  private func token(expecting expected: String) throws(ProgramError) -> Token {
    guard let current else { throw ProgramError(.expected(expected, found: found), line: line) }
    guard let token = vocabulary.token(current.text) else {
      throw ProgramError(.unknownToken(current.text), line: line)
    }
    return token
  }

  mutating func instruction() throws(ProgramError) -> Instruction {
    guard case .instruction(let opcode) = try token(expecting: "an instruction or '}'") else {
      throw ProgramError(.expected("an instruction or '}'", found: found), line: line)
    }
    advance()
    var immediate: UInt32 = 0
    for shift in stride(from: UInt32(0), to: 32, by: 8) {
      guard case .byte(let value, marked: false) = try token(expecting: "a byte of the immediate") else {
        throw ProgramError(.expected("a byte of the immediate", found: found), line: line)
      }
      advance()
      immediate |= UInt32(value) << shift
    }
    return Instruction(opcode, immediate)
  }

  mutating func input() throws(ProgramError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      guard let byte = try token(expecting: "a byte of the input or its final 00").inputByte else {
        throw ProgramError(.expected("a byte of the input or its final 00", found: found), line: line)
      }
      advance()
      if byte == 0 { break }
      bytes.append(byte)
    }
    try expect(Program.inputCommit)
    return bytes
  }
}
