extension FullProgram {
  /// The text form, which is the prompt: `{` and the small values, one instruction a line, `}`, the wide constants, the data and the
  /// jump to the entry.
  public var text: String {
    let words = prompt.map(\.text)
    let end = Self.position(ofInstruction: instructions.count)
    var lines = ["{"]
    lines += words[1..<Self.position(ofInstruction: 0)].lines(of: 64)
    lines += words[Self.position(ofInstruction: 0)..<end].lines(of: 5)
    lines.append("}")
    var rest = words[(end + 1)...]
    lines += rest.removed(8 * wideConstants.count).lines(of: 8)
    for segment in data {
      lines += rest.removed(4).lines(of: 4)
      lines += rest.removed(segment.bytes.count).lines(of: 16)
    }
    return (lines + rest.lines(of: 2)).joined(separator: "\n") + "\n"
  }

  /// Whether a text begins as that of a program of the full profile does, with small values.
  public static func isBegun(by text: String) -> Bool {
    var words = TokenWords(text)
    return words.next()?.text == FullToken.programStart.text && words.next()?.text == smallValues[0].text
  }

  /// Reads the text form; white space of any kind separates tokens.
  ///
  /// - Throws: ``ProgramError`` with the line of the first token that does not fit, or what is wrong with the program.
  public init(text: String) throws(ProgramError) {
    var reader = FullProgramReader(text)
    self = try reader.program()
  }
}

extension ArraySlice<String> {
  /// So many words a line.
  fileprivate func lines(of length: Int) -> [String] {
    stride(from: startIndex, to: endIndex, by: length).map {
      self[$0..<Swift.min($0 + length, endIndex)].joined(separator: " ")
    }
  }

  /// Takes the first words away.
  fileprivate mutating func removed(_ count: Int) -> ArraySlice<String> {
    defer { removeFirst(count) }
    return prefix(count)
  }
}
