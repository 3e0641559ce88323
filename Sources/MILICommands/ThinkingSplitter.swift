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
  /// Text that may be the beginning of a mark, as UTF-8: what combines with a mark's last letter would hide it among
  /// characters.
  private var pending: [UInt8] = []
  /// Whether line breaks are left out until something else comes.
  private var isAtStart = true

  /// Begins a text, which may begin inside a thought.
  package init(startsInThought: Bool = false) {
    isThought = startsInThought
  }

  /// The pieces that are certain now that some text has come.
  package mutating func append(_ text: String) -> [Piece] {
    pending.append(contentsOf: text.utf8)
    var pieces: [Piece] = []
    while let range = pending.firstRange(of: mark) {
      take(pending[..<range.lowerBound], into: &pieces)
      pending.removeSubrange(..<range.upperBound)
      isThought.toggle()
      isAtStart = true
    }
    let held = (1..<mark.count).last { pending.suffix($0).elementsEqual(mark.prefix($0)) } ?? 0
    take(pending.dropLast(held), into: &pieces)
    pending.removeFirst(pending.count - held)
    return pieces
  }

  /// The piece that is still held back, if there is one.
  package mutating func finish() -> [Piece] {
    var pieces: [Piece] = []
    take(pending[...], into: &pieces)
    pending = []
    return pieces
  }

  private var mark: [UInt8] { Array((isThought ? "</think>" : "<think>").utf8) }

  private mutating func take(_ text: ArraySlice<UInt8>, into pieces: inout [Piece]) {
    let text = isAtStart ? text.drop { $0 == 0x0A || $0 == 0x0D } : text
    guard !text.isEmpty else { return }
    isAtStart = false
    pieces.append(Piece(String(decoding: text, as: UTF8.self), isThought: isThought))
  }
}
