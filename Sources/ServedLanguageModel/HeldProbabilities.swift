import OpenAIProtocol

/// Holds back how probable tokens were until their text is certain to be part of the answer.
struct HeldProbabilities: Sendable {
  private struct Entry {
    /// Where in the text the token begins, in bytes.
    var start: Int
    var probability: TokenLogProbability
  }

  private var entries: [Entry] = []
  /// Bytes of text that tokens have made.
  private var decoded = 0
  /// Bytes of text that are certain.
  private var released = 0

  /// Takes the next token, with the text that it completes.
  mutating func append(_ probability: TokenLogProbability?, textBytes: Int) {
    if let probability { entries.append(Entry(start: decoded, probability: probability)) }
    decoded += textBytes
  }

  /// The tokens that begin within the text that is certain now that it has become longer.
  mutating func release(textBytes: Int) -> [TokenLogProbability] {
    released += textBytes
    let count = entries.prefix { $0.start < released }.count
    defer { entries.removeFirst(count) }
    return entries.prefix(count).map(\.probability)
  }

  /// All tokens that are left.
  mutating func releaseAll() -> [TokenLogProbability] {
    defer { entries = [] }
    return entries.map(\.probability)
  }
}
