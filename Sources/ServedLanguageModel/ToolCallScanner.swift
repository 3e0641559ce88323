import ChatTemplate
import OpenAIProtocol

/// Reads one call of a tool, from behind `<tool_call>` on, as it comes.
///
/// A call is `{"name": …, "arguments": …}`. Where its members come in this order, the arguments are passed on as they come;
/// otherwise when it is whole. What is no call is text.
struct ToolCallScanner: Sendable {
  private enum Place {
    /// Before the arguments.
    case head
    /// Within an object of arguments.
    case arguments(JSONNesting)
    /// Behind the arguments.
    case tail
    /// Within a call that is read when it is whole.
    case whole
  }

  private let index: Int
  private var place = Place.head
  private var bytes: [UInt8] = []
  /// How many of the bytes no end of the call begins in.
  private var searched = 0
  /// The text behind the call's end; nil until that has come.
  private(set) var rest: String?
  /// Whether it turned out to be a call.
  private(set) var isCall = false

  private static let mark = Array("<tool_call>".utf8)
  private static let end = Array("</tool_call>".utf8)
  /// Bytes before the arguments, from which on a call is read when it is whole.
  private static let longestHead = 4096

  /// - Parameter index: which of the answer's calls.
  init(index: Int) {
    self.index = index
  }

  mutating func append(_ text: String) -> [AnswerParser.Piece] {
    bytes += text.utf8
    var pieces: [AnswerParser.Piece] = []
    while rest == nil, advance(&pieces) {}
    return pieces
  }

  /// The end of the answer within a call: what was not passed on as a call becomes text.
  mutating func finish() -> [AnswerParser.Piece] {
    guard !isCall, rest == nil else { return [] }
    return call(bytes[...]).map { [.call($0)] } ?? [.content(String(decoding: Self.mark + bytes, as: UTF8.self))]
  }

  /// Goes on until more text is needed: false.
  private mutating func advance(_ pieces: inout [AnswerParser.Piece]) -> Bool {
    switch place {
    case .head: return advanceHead(&pieces)
    case .arguments(let nesting): return advanceArguments(nesting, &pieces)
    case .tail:
      guard let range = findEnd() else { return false }
      rest = String(decoding: bytes[range.upperBound...], as: UTF8.self)
    case .whole:
      guard let range = findEnd() else { return false }
      let block = bytes[..<range.lowerBound]
      if let call = call(block) {
        pieces.append(.call(call))
        isCall = true
      } else {
        pieces.append(.content(String(decoding: Self.mark + bytes[..<range.upperBound], as: UTF8.self)))
      }
      rest = String(decoding: bytes[range.upperBound...], as: UTF8.self)
    }
    return true
  }

  /// Where the call's end is, looked for in what has come since the last time.
  private mutating func findEnd() -> Range<Int>? {
    if let range = bytes[searched...].firstRange(of: Self.end) { return range }
    searched = max(bytes.count - Self.end.count + 1, 0)
    return nil
  }

  private mutating func advanceHead(_ pieces: inout [AnswerParser.Piece]) -> Bool {
    switch ToolCallHead(bytes) {
    case .unfinished:
      guard bytes.count > Self.longestHead else { return false }
      place = .whole
    case .found(let name, let arguments) where arguments <= Self.longestHead:
      pieces.append(.call(ToolCallDelta(index: index, beginning: .init(id: UniqueName("call_").text, name: name))))
      bytes.removeSubrange(..<arguments)
      place = .arguments(JSONNesting())
      isCall = true
    case .other, .found: place = .whole
    }
    return true
  }

  private mutating func advanceArguments(_ begun: JSONNesting, _ pieces: inout [AnswerParser.Piece]) -> Bool {
    var nesting = begun
    let count = bytes.firstIndex { !nesting.takes($0) } ?? bytes.count
    if count > 0 {
      let text = String(decoding: bytes[..<count], as: UTF8.self)
      pieces.append(.call(ToolCallDelta(index: index, arguments: text)))
    }
    let isEnd = count < bytes.count || nesting.isClosed
    bytes.removeSubrange(..<count)
    place = isEnd ? .tail : .arguments(nesting)
    return isEnd
  }

  /// A whole call; nil when it is none.
  private func call(_ block: ArraySlice<UInt8>) -> ToolCallDelta? {
    guard let value = try? JSONValue(parsing: Array(block)), let name = value["name"]?.stringValue else { return nil }
    let arguments = value["arguments"] ?? [:]
    return ToolCallDelta(
      index: index, beginning: .init(id: UniqueName("call_").text, name: name),
      arguments: arguments.stringValue ?? arguments.jsonText)
  }
}
