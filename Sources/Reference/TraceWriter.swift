public import InstructionSet

/// Writes tokens as text while they come, so that a long trace need not be kept.
///
/// A prompt is laid out like the text of its program; behind it every instruction's tokens are a line.
public struct TraceWriter: Sendable {
  private var isAtLineStart = true

  public init() {}

  public mutating func write(_ token: Token, to text: inout some TextOutputStream) {
    if !isAtLineStart { text.write(Self.startsLine(token) ? "\n" : " ") }
    text.write(token.text)
    isAtLineStart = Self.endsLine(token)
    if isAtLineStart { text.write("\n") }
  }

  /// Ends the last line where it is not complete.
  public mutating func finish(_ text: inout some TextOutputStream) {
    if !isAtLineStart { text.write("\n") }
    isAtLineStart = true
  }

  private static func startsLine(_ token: Token) -> Bool {
    switch token {
    case .instruction, .programStart, .programEnd: true
    case .byte, .character, .commit, .branchTaken, .callCommit, .returnCommit, .output, .start: false
    }
  }

  private static func endsLine(_ token: Token) -> Bool {
    switch token {
    case .commit, .callCommit, .returnCommit, .output, .programStart, .programEnd: true
    case .byte, .character, .branchTaken, .instruction, .start: false
    }
  }
}
