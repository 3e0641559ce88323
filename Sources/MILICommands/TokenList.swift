import ArgumentParser

/// Token ids given as an argument: `1,2,3`, or `@FILE` for a file that holds them, apart by commas or white space.
struct TokenList: ExpressibleByArgument {
  private let source: TextSource

  init(argument: String) {
    source = TextSource(argument: argument)
  }

  /// The ids.
  func tokens() throws -> [Int] {
    let text = try source.text()
    if text.allSatisfy(\.isWhitespace) { return [] }
    let parts = text.split(separator: ",", omittingEmptySubsequences: false).map {
      $0.split(whereSeparator: \.isWhitespace)
    }
    guard !parts.contains([]) else { throw CommandError("expected a token id on both sides of each comma") }
    return try parts.joined().map { word in
      guard let token = Int(word), token >= 0 else {
        throw CommandError("expected token ids apart by commas, found '\(word.prefix(40))'")
      }
      return token
    }
  }
}
