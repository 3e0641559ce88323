/// Finds a byte string in others, by the method of Knuth, Morris and Pratt.
struct ByteSearch {
  private let part: [UInt8]
  /// For each prefix of the part, how long the longest shorter one is that it ends in.
  private let fallbacks: [Int]

  /// - Parameter part: what to find, not empty.
  init(_ part: [UInt8]) {
    self.part = part
    var fallbacks = [0]
    var length = 0
    for byte in part.dropFirst() {
      while length > 0, part[length] != byte { length = fallbacks[length - 1] }
      if part[length] == byte { length += 1 }
      fallbacks.append(length)
    }
    self.fallbacks = fallbacks
  }

  /// Where the part stands in `text`, from the start and each match behind the one before, at most `limit` of them.
  /// - Complexity: O(n) in the length of the text.
  func matches(in text: [UInt8], limit: Int) -> [Range<Int>] {
    var matches: [Range<Int>] = []
    var length = 0
    for (offset, byte) in text.enumerated() {
      while length > 0, part[length] != byte { length = fallbacks[length - 1] }
      if part[length] == byte { length += 1 }
      guard length == part.count else { continue }
      matches.append(offset + 1 - length..<offset + 1)
      if matches.count == limit { break }
      length = 0
    }
    return matches
  }
}
