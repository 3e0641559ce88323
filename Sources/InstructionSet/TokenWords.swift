/// A word of a text and where it stands.
package struct TokenWord: Hashable, Sendable {
  package let text: String
  /// The word's line, from 1.
  package let line: Int
}

/// The words of a text, separated by white space of any kind; lines end with LF, CR LF or CR.
///
/// Words are cut between Unicode scalars, not between characters, so that a combining mark behind a space joins no word to
/// the next.
package struct TokenWords: Sequence, IteratorProtocol, Sendable {
  private let text: String
  private var position: String.Index
  private var line = 1

  package init(_ text: String) {
    var native = text
    native.makeContiguousUTF8()
    self.text = native
    position = native.startIndex
  }

  package mutating func next() -> TokenWord? {
    skipWhiteSpace()
    let start = position
    let scalars = text.unicodeScalars
    while position < scalars.endIndex, !Self.isWhiteSpace(scalars[position]) {
      scalars.formIndex(after: &position)
    }
    return start < position ? TokenWord(text: String(text[start..<position]), line: line) : nil
  }

  private mutating func skipWhiteSpace() {
    let scalars = text.unicodeScalars
    while position < scalars.endIndex, Self.isWhiteSpace(scalars[position]) {
      let scalar = scalars[position]
      scalars.formIndex(after: &position)
      switch scalar {
      case "\n": line += 1
      case "\r":
        if position == scalars.endIndex || scalars[position] != "\n" { line += 1 }
      default: break
      }
    }
  }

  private static func isWhiteSpace(_ scalar: Unicode.Scalar) -> Bool {
    if scalar.value > 0x20 && scalar.value < 0x80 { return false }
    return scalar.properties.isWhitespace
  }
}
