public import InstructionSet

/// A sequence of tokens in the form in which it is written to a file.
public struct Trace: Hashable, Sendable {
  public var tokens: [Token]

  public init(_ tokens: [Token]) {
    self.tokens = tokens
  }

  /// Tokens separated by white space, one instruction a line.
  public var text: String {
    var text = ""
    var writer = TraceWriter()
    for token in tokens { writer.write(token, to: &text) }
    writer.finish(&text)
    return text
  }

  /// Reads tokens separated by white space of any kind.
  ///
  /// - Parameter mode: whose tokens they are; the two machines read `{` and `}` differently.
  /// - Throws: ``TraceError`` with the line of the first word that is no token of that machine.
  public init(text: String, mode: Vocabulary.Mode = .universal) throws(TraceError) {
    let vocabulary = Vocabulary(mode)
    tokens = []
    var words = TokenWords(text)
    while let word = words.next() {
      guard let token = vocabulary.token(word.text) else {
        throw TraceError(unknownToken: word.text, line: word.line)
      }
      tokens.append(token)
    }
  }
}

/// A word in a trace that is no token.
public struct TraceError: Error, Hashable, Sendable, CustomStringConvertible {
  public let unknownToken: String
  /// The word's line, from 1.
  public let line: Int

  package init(unknownToken: String, line: Int) {
    self.unknownToken = unknownToken
    self.line = line
  }

  public var description: String {
    "line \(line): expected a token, found \(ProgramError.quoted(unknownToken))"
  }
}
