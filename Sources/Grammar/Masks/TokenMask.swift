/// A set of tokens, one bit for each.
struct TokenMask: Hashable, Sendable {
  private(set) var words: [UInt64]

  /// The empty set of tokens below `count`.
  init(count: Int) { words = Array(repeating: 0, count: (count + 63) / 64) }

  var isEmpty: Bool { words.allSatisfy { $0 == 0 } }

  func contains(_ token: Int) -> Bool { words[token >> 6] >> UInt64(token & 63) & 1 == 1 }

  mutating func insert(_ token: Int) { words[token >> 6] |= 1 << UInt64(token & 63) }

  mutating func formUnion(_ other: TokenMask) {
    for index in words.indices { words[index] |= other.words[index] }
  }

  /// The tokens, ascending.
  var tokens: [Int] {
    words.enumerated().flatMap { index, word in (0..<64).filter { word >> UInt64($0) & 1 == 1 }.map { index << 6 + $0 }
    }
  }

  /// Sets the logits of all other tokens to −∞.
  func apply(to logits: inout [Float]) {
    let count = logits.count
    logits.withUnsafeMutableBufferPointer { logits in
      for index in 0..<((count + 63) / 64) {
        let word = index < words.count ? words[index] : 0
        if word == .max { continue }
        let start = index << 6
        var missing = ~word
        if count - start < 64 { missing &= 1 << UInt64(count - start) - 1 }
        while missing != 0 {
          logits[start + missing.trailingZeroBitCount] = -.infinity
          missing &= missing - 1
        }
      }
    }
  }
}
