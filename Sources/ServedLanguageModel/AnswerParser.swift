package import OpenAIProtocol

/// Tells a model's thoughts, its answer and its calls of tools apart, in text that comes in pieces.
///
/// A text may begin with a thought between `<think>` and `</think>`; later marks are text like any other. Calls stand between
/// `<tool_call>` and `</tool_call>`, where they are looked for. Blank lines around thoughts and calls belong to neither.
package struct AnswerParser: Sendable {
  /// A piece of an answer.
  package enum Piece: Hashable, Sendable {
    case thought(String)
    case content(String)
    case call(ToolCallDelta)
  }

  private enum Place {
    case beginning
    case thought
    case content
    case call(ToolCallScanner)
  }

  /// Where a text begins.
  package enum Start: Hashable, Sendable {
    /// With a thought or without one.
    case answer
    /// Within a thought: the prompt ends with its mark.
    case thought
  }

  private var place: Place
  private var held = HeldText()
  private let findsCalls: Bool
  /// Whether line breaks are left out until something else comes.
  private var skipsBreaks: Bool
  /// White space that is part of the answer only if no call follows.
  private var space = ""
  /// Calls that are whole.
  package private(set) var wholeCalls = 0

  private static let thoughtMark = Array("<think>".utf8)
  private static let thoughtEnd = Array("</think>".utf8)
  private static let callMark = Array("<tool_call>".utf8)

  /// - Parameter findsCalls: whether there are tools to call.
  package init(_ start: Start = .answer, findsCalls: Bool = false) {
    self.findsCalls = findsCalls
    skipsBreaks = start == .thought
    place = start == .thought ? .thought : .beginning
  }

  /// Whether the text so far ends within a thought.
  package var isInThought: Bool {
    if case .thought = place { true } else { false }
  }

  /// The pieces that are certain now that some text has come.
  package mutating func append(_ text: String) -> [Piece] {
    held.append(text)
    var pieces: [Piece] = []
    while advance(&pieces) {}
    return pieces
  }

  /// What is still held back, at the end of the text.
  package mutating func finish() -> [Piece] {
    var pieces: [Piece] = []
    let rest = held.takeAll()
    switch place {
    case .beginning: pieces.add(content: rest)
    case .thought: pieces.add(thought: breakless(rest))
    case .content: pieces.add(content: space + breakless(rest))
    case .call(var scanner):
      pieces += scanner.append(rest)
      pieces += scanner.finish()
    }
    space = ""
    place = .content
    return pieces
  }

  /// Goes on until more text is needed: false.
  private mutating func advance(_ pieces: inout [Piece]) -> Bool {
    switch place {
    case .beginning: return advanceBeginning()
    case .thought:
      let (text, isEnd) = held.take(until: Self.thoughtEnd)
      pieces.add(thought: breakless(text))
      if isEnd { enterContent() }
      return isEnd
    case .content:
      guard findsCalls else {
        pieces.add(content: breakless(held.takeAll()))
        return false
      }
      return advanceContent(&pieces)
    case .call(var scanner):
      pieces += scanner.append(held.takeAll())
      place = .call(scanner)
      guard let rest = scanner.rest else { return false }
      if scanner.isCall { wholeCalls += 1 }
      held.append(rest)
      enterContent()
      return true
    }
  }

  private mutating func advanceBeginning() -> Bool {
    switch held.begins(with: Self.thoughtMark) {
    case nil: return false
    case true:
      place = .thought
      skipsBreaks = true
    case false: place = .content
    }
    return true
  }

  private mutating func advanceContent(_ pieces: inout [Piece]) -> Bool {
    let (text, isCall) = held.take(until: Self.callMark)
    let all = space + breakless(text)
    let end = all.utf8.lastIndex { !HeldText.isSpace($0) }.map { all.utf8.index(after: $0) } ?? all.utf8.startIndex
    pieces.add(content: String(decoding: all.utf8[..<end], as: UTF8.self))
    space = isCall ? "" : String(decoding: all.utf8[end...], as: UTF8.self)
    if isCall { place = .call(ToolCallScanner(index: wholeCalls)) }
    return isCall
  }

  private mutating func enterContent() {
    place = .content
    skipsBreaks = true
  }

  /// A text without the line breaks that are left out.
  private mutating func breakless(_ text: String) -> String {
    guard skipsBreaks else { return text }
    let rest = text.utf8.drop { $0 == 0x0A || $0 == 0x0D }
    if !rest.isEmpty { skipsBreaks = false }
    return String(decoding: rest, as: UTF8.self)
  }
}

extension [AnswerParser.Piece] {
  mutating func add(content text: String) {
    if !text.isEmpty { append(.content(text)) }
  }

  fileprivate mutating func add(thought text: String) {
    if !text.isEmpty { append(.thought(text)) }
  }
}
