public import InstructionSet

/// Writes tokens as text while they come, so that a long trace need not be kept.
///
/// A prompt is laid out like the text of its program; behind it every instruction's tokens are a line.
public struct TraceWriter: Sendable {
  private var isAtLineStart = true

  public init() {}

  public mutating func write(_ token: Token, to text: inout some TextOutputStream) {
    write(token.text, startsLine: token.startsLine, endsLine: token.endsLine, to: &text)
  }

  /// Writes a token, given by its text and its place in a line.
  package mutating func write(
    _ word: String, startsLine: Bool, endsLine: Bool, to text: inout some TextOutputStream
  ) {
    if !isAtLineStart { text.write(startsLine ? "\n" : " ") }
    text.write(word)
    isAtLineStart = endsLine
    if endsLine { text.write("\n") }
  }

  /// Ends the last line where it is not complete.
  public mutating func finish(_ text: inout some TextOutputStream) {
    if !isAtLineStart { text.write("\n") }
    isAtLineStart = true
  }
}

extension Token {
  /// Whether it begins a line in a trace.
  package var startsLine: Bool {
    switch self {
    case .instruction, .programStart, .programEnd: true
    case .byte, .character, .commit, .branchTaken, .callCommit, .returnCommit, .output, .start: false
    }
  }

  /// Whether it ends a line in a trace.
  package var endsLine: Bool {
    switch self {
    case .commit, .callCommit, .returnCommit, .output, .programStart, .programEnd: true
    case .byte, .character, .branchTaken, .instruction, .start: false
    }
  }
}
