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
    var reader = TokenReader(text)
    try reader.expect(.programStart)
    var instructions: [Instruction] = []
    while !reader.isNext(.programEnd) { instructions.append(try reader.instruction()) }
    try reader.expect(.programEnd)
    let input = instructions.first?.opcode == .inputBase ? try reader.input() : nil
    try reader.expectEnd()
    try self.init(instructions: instructions, input: input)
  }
}

/// Reads a program's tokens one after the other and knows the line it is on.
private struct TokenReader {
  private let words: [(text: Substring, line: Int)]
  private var next = 0
  private let vocabulary = Vocabulary(.universal)

  init(_ text: String) {
    var words: [(text: Substring, line: Int)] = []
    for (index, line) in text.split(omittingEmptySubsequences: false, whereSeparator: \.isNewline).enumerated() {
      words += line.split(whereSeparator: \.isWhitespace).map { ($0, index + 1) }
    }
    self.words = words
  }

  private var line: Int {
    next < words.count ? words[next].line : (words.last?.line ?? 1)
  }

  private var found: String {
    next < words.count ? "'\(words[next].text)'" : "the end of the text"
  }

  func isNext(_ token: Token) -> Bool {
    next < words.count && words[next].text == token.text
  }

  mutating func expect(_ token: Token) throws(ProgramError) {
    guard isNext(token) else { throw ProgramError(.expected("'\(token.text)'", found: found), line: line) }
    next += 1
  }

  func expectEnd() throws(ProgramError) {
    if next < words.count { throw ProgramError(.expected("the end of the text", found: found), line: line) }
  }

  private mutating func token(expecting expected: String) throws(ProgramError) -> Token {
    guard next < words.count else { throw ProgramError(.expected(expected, found: found), line: line) }
    guard let token = vocabulary.token(words[next].text) else {
      throw ProgramError(.unknownToken(String(words[next].text)), line: line)
    }
    return token
  }

  mutating func instruction() throws(ProgramError) -> Instruction {
    guard case .instruction(let opcode) = try token(expecting: "an instruction or '}'") else {
      throw ProgramError(.expected("an instruction or '}'", found: found), line: line)
    }
    next += 1
    var immediate: UInt32 = 0
    for shift in stride(from: 0, to: 32, by: 8) {
      guard case .byte(let value, marked: false) = try token(expecting: "a byte of the immediate") else {
        throw ProgramError(.expected("a byte of the immediate", found: found), line: line)
      }
      next += 1
      immediate |= UInt32(value) << UInt32(shift)
    }
    return Instruction(opcode, immediate)
  }

  mutating func input() throws(ProgramError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      guard let byte = try token(expecting: "a byte of the input").inputByte else {
        throw ProgramError(.expected("a byte of the input or its final 00", found: found), line: line)
      }
      next += 1
      if byte == 0 { break }
      bytes.append(byte)
    }
    try expect(Program.inputCommit)
    return bytes
  }
}
