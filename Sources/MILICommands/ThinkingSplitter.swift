/// Tells thoughts from answers in text that comes in pieces, by the marks `<think>` and `</think>`.
package struct ThinkingSplitter {
  /// A piece of a thought or of an answer, without marks.
  package struct Piece: Equatable, Sendable {
    package var text: String
    package var isThought: Bool

    package init(_ text: String, isThought: Bool) {
      self.text = text
      self.isThought = isThought
    }
  }

  private var isThought: Bool
  /// Text that may be the beginning of a mark.
  private var pending = ""
  /// Whether line breaks are left out until something else comes.
  private var isAtStart = true

  /// Begins a text, which may begin inside a thought.
  package init(startsInThought: Bool = false) {
    isThought = startsInThought
  }

  /// The pieces that are certain now that some text has come.
  package mutating func append(_ text: String) -> [Piece] {
    pending += text
    var pieces: [Piece] = []
    while let range = pending.firstRange(of: mark) {
      take(String(pending[..<range.lowerBound]), into: &pieces)
      pending = String(pending[range.upperBound...])
      isThought.toggle()
      isAtStart = true
    }
    let held = (1..<mark.count).last { pending.hasSuffix(mark.prefix($0)) } ?? 0
    take(String(pending.dropLast(held)), into: &pieces)
    pending = String(pending.suffix(held))
    return pieces
  }

  /// The piece that is still held back, if there is one.
  package mutating func finish() -> [Piece] {
    var pieces: [Piece] = []
    take(pending, into: &pieces)
    pending = ""
    return pieces
  }

  private var mark: String { isThought ? "</think>" : "<think>" }

  private mutating func take(_ text: String, into pieces: inout [Piece]) {
    let text = isAtStart ? String(text.drop { $0.isNewline }) : text
    guard !text.isEmpty else { return }
    isAtStart = false
    pieces.append(Piece(text, isThought: isThought))
  }
}
