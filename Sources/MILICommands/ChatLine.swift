/// What a line typed into `mili chat` asks for.
package enum ChatLine: Equatable, Sendable {
  /// An answer, thinking or not from here on where the message says so.
  case message(String, thinking: Bool?)
  /// To think, or not to, from the next message on.
  case thinking(Bool)
  /// An answer to the text of a file, given by its path.
  case file(String)
  /// To forget the conversation.
  case clear
  /// To end.
  case exit
  /// Nothing.
  case nothing

  /// Reads a line. The words `/think` and `/no_think` count anywhere in a message, the last of them most, and stay in it,
  /// since models are trained to see them.
  package init(_ line: String) {
    let words = line.split(whereSeparator: \.isWhitespace)
    let switches = words.filter { $0 == "/think" || $0 == "/no_think" }
    let thinking = switches.last.map { $0 == "/think" }
    switch (words.count, words.first) {
    case (0, _): self = .nothing
    case (1, "/clear"): self = .clear
    case (1, "/exit"), (1, "/quit"): self = .exit
    case (_, "/file"):
      let path = line.drop(while: \.isWhitespace).dropFirst("/file".count).drop(while: \.isWhitespace)
      self = .file(String(path.trimmingSuffix(while: \.isWhitespace)))
    default:
      if let thinking, switches.count == words.count {
        self = .thinking(thinking)
      } else {
        self = .message(line, thinking: thinking)
      }
    }
  }
}

extension Substring {
  /// The text without the characters at its end for which something holds.
  fileprivate func trimmingSuffix(while holds: (Character) -> Bool) -> Substring {
    guard let last = lastIndex(where: { !holds($0) }) else { return prefix(0) }
    return self[...last]
  }
}
