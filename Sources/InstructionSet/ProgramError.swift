/// What is wrong with a program or its text.
public struct ProgramError: Error, Hashable, Sendable, CustomStringConvertible {
  public enum Kind: Hashable, Sendable {
    case noInstructions
    case misplacedInputBase(instruction: Int)
    case unexpectedInput
    case zeroByteInInput(offset: Int)
    case unknownToken(String)
    case expected(String, found: String)
    case invalid(FullProgramError)
  }

  public let kind: Kind
  /// The line of the text, from 1, where the error is in a text.
  public let line: Int?

  public init(_ kind: Kind, line: Int? = nil) {
    self.kind = kind
    self.line = line
  }

  public var description: String {
    (line.map { "line \($0): " } ?? "") + message
  }

  private var message: String {
    switch kind {
    case .noInstructions: "the program has no instructions"
    case .misplacedInputBase(let instruction):
      "instruction \(instruction) is input_base, which only instruction 0 may be"
    case .unexpectedInput: "the program reads no input (its instruction 0 is not input_base), but one was given"
    case .zeroByteInInput(let offset): "the input has a zero byte at offset \(offset); zero ends the input"
    case .unknownToken(let text): "unknown token \(Self.quoted(text))"
    case .expected(let expected, let found): "expected \(expected), found \(found)"
    case .invalid(let error): "\(error)"
    }
  }

  /// A word as it is shown in a message: on one line, in quotes, not longer than 40 characters.
  package static func quoted(_ word: some StringProtocol) -> String {
    let start = word.unicodeScalars.prefix(40)
    let shown = start.map { (0x21...0x7e).contains($0.value) ? String($0) : $0.escaped(asASCII: true) }.joined()
    return "'" + shown + (start.endIndex < word.unicodeScalars.endIndex ? "…" : "") + "'"
  }
}
