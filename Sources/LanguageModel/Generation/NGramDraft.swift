/// Guesses what comes next from what followed the same tokens earlier.
package enum NGramDraft {
  /// The most tokens that a match is looked for with.
  static let longestMatch = 4
  /// The fewest.
  static let shortestMatch = 2

  /// `limit` tokens that followed the latest earlier occurrence of the longest run that the tokens end with, going on with
  /// the guess itself where they end; none when there was no such run.
  package static func guess(after tokens: [Int], limit: Int) -> [Int] {
    guard limit > 0 else { return [] }
    var bestLength = shortestMatch - 1
    var bestEnd: Int?
    var end = tokens.count - 1
    while end > 0, bestLength < longestMatch {
      let length = matchLength(tokens, end)
      if length > bestLength { (bestLength, bestEnd) = (length, end) }
      end -= 1
    }
    guard let bestEnd else { return [] }
    let period = tokens.count - bestEnd
    return (0..<limit).map { tokens[bestEnd + $0 % period] }
  }

  /// How many tokens before `end` are the last ones of all, up to the longest match.
  private static func matchLength(_ tokens: [Int], _ end: Int) -> Int {
    var length = 0
    while length < longestMatch, length < end, tokens[end - 1 - length] == tokens[tokens.count - 1 - length] {
      length += 1
    }
    return length
  }
}
