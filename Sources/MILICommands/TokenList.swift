import ArgumentParser

/// Token ids given as an argument: `1,2,3`, or `@FILE` for a file that holds them, apart by commas or white space.
struct TokenList: ExpressibleByArgument {
  private let source: TextSource

  init(argument: String) {
    source = TextSource(argument: argument)
  }

  /// The ids.
  func tokens() throws -> [Int] {
    let words = try source.text().split { $0 == "," || $0.isWhitespace }
    return try words.map { word in
      guard let token = Int(word), token >= 0 else {
        throw CommandError("expected token ids apart by commas, found '\(word.prefix(40))'")
      }
      return token
    }
  }
}
