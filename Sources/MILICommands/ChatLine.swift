/// What a line typed into `mili chat` asks for.
package enum ChatLine: Equatable, Sendable {
  /// An answer, thinking or not from here on where the message says so.
  case message(String, thinking: Bool?)
  /// To think, or not to, from the next message on.
  case thinking(Bool)
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
    default:
      if let thinking, switches.count == words.count {
        self = .thinking(thinking)
      } else {
        self = .message(line, thinking: thinking)
      }
    }
  }
}
