/// Finds added tokens in text: from the left, the longest that starts at a place, never two that overlap.
struct AddedTokenMatcher: Sendable {
  /// A stretch of text.
  enum Segment {
    /// An added token, by id.
    case token(Int)
    /// The bytes between added tokens.
    case text(Range<Int>)
  }

  private struct Node {
    var children: [UInt8: Int] = [:]
    /// The token that ends here, as a position in `tokens`.
    var token: Int?
  }

  private let tokens: [AddedToken]
  private var nodes = [Node()]
  private var isFirstByte = [Bool](repeating: false, count: 256)

  /// Whether there is nothing to find.
  var isEmpty: Bool { tokens.isEmpty }

  /// - Parameter contents: the bytes to look for, one for each token.
  init(_ tokens: [AddedToken], contents: [[UInt8]]) {
    self.tokens = tokens
    for (position, content) in contents.enumerated() {
      guard let first = content.first else { continue }
      isFirstByte[Int(first)] = true
      var node = 0
      for byte in content {
        if let child = nodes[node].children[byte] {
          node = child
        } else {
          nodes.append(Node())
          nodes[node].children[byte] = nodes.count - 1
          node = nodes.count - 1
        }
      }
      nodes[node].token = position
    }
  }

  /// The segments of `text`, well-formed UTF-8, without the white space that tokens strip.
  func segments(of text: UnsafeBufferPointer<UInt8>) -> [Segment] {
    guard !isEmpty else { return [.text(0..<text.count)] }
    var segments: [Segment] = []
    var plainStart = 0
    var offset = 0
    while let (match, token) = nextMatch(in: text, from: offset) {
      offset = match.upperBound
      if token.isSingleWord, touchesWord(match, in: text) { continue }
      var start = match.lowerBound
      var end = match.upperBound
      if token.stripsLeft { start = startOfSpace(before: start, in: text) }
      if token.stripsRight { end = endOfSpace(from: end, in: text) }
      if plainStart < start { segments.append(.text(plainStart..<start)) }
      segments.append(.token(token.id))
      plainStart = end
    }
    if plainStart < text.count { segments.append(.text(plainStart..<text.count)) }
    return segments
  }

  private func nextMatch(
    in text: UnsafeBufferPointer<UInt8>, from start: Int
  ) -> (match: Range<Int>, token: AddedToken)? {
    isFirstByte.withUnsafeBufferPointer { isFirstByte in
      for offset in start..<text.count where isFirstByte[Int(text[offset])] {
        if let found = longestMatch(in: text, at: offset) { return found }
      }
      return nil
    }
  }

  private func longestMatch(
    in text: UnsafeBufferPointer<UInt8>, at start: Int
  ) -> (match: Range<Int>, token: AddedToken)? {
    var node = 0
    var longest: (Range<Int>, AddedToken)?
    for offset in start..<text.count {
      guard let child = nodes[node].children[text[offset]] else { break }
      node = child
      if let token = nodes[node].token { longest = (start..<offset + 1, tokens[token]) }
    }
    return longest
  }
}

extension AddedTokenMatcher {
  private func touchesWord(_ match: Range<Int>, in text: UnsafeBufferPointer<UInt8>) -> Bool {
    let isInFront = match.lowerBound > 0 && DecodedScalar.last(of: text, before: match.lowerBound).isWordCharacter
    return isInFront || (match.upperBound < text.count && DecodedScalar(text, at: match.upperBound).isWordCharacter)
  }

  private func startOfSpace(before end: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var start = end
    while start > 0 {
      let scalar = DecodedScalar.last(of: text, before: start)
      guard scalar.isSpace else { break }
      start -= scalar.length
    }
    return start
  }

  private func endOfSpace(from start: Int, in text: UnsafeBufferPointer<UInt8>) -> Int {
    var end = start
    while end < text.count {
      let scalar = DecodedScalar(text, at: end)
      guard scalar.isSpace else { break }
      end += scalar.length
    }
    return end
  }
}

extension DecodedScalar {
  fileprivate var isSpace: Bool { Unicode.Scalar(UInt32(value))?.properties.isWhitespace ?? false }

  /// Whether this is a letter, mark, decimal digit, connector or joiner: `\w`.
  fileprivate var isWordCharacter: Bool {
    guard let properties = Unicode.Scalar(UInt32(value))?.properties else { return false }
    switch properties.generalCategory {
    case .nonspacingMark, .spacingMark, .enclosingMark, .decimalNumber, .connectorPunctuation: return true
    default: return properties.isAlphabetic || properties.isJoinControl
    }
  }
}
