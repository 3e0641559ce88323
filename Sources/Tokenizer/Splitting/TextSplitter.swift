package import Foundation

/// How normalized text is cut into pieces before byte pairs are merged.
package enum TextSplitter: Sendable {
  /// No cut at all.
  case whole
  /// The pattern of Qwen and its relatives, by a scanner; a piece holds at most so many digits.
  case scanner(longestNumber: Int)
  /// Any other pattern, by Foundation; what it does not match is a piece too.
  case expression(NSRegularExpression)

  /// The splitter for a regular expression of a `tokenizer.json`.
  /// - Throws: when Foundation does not accept the pattern.
  package init(pattern: String) throws {
    if let longestNumber = Self.longestNumbers[pattern] {
      self = .scanner(longestNumber: longestNumber)
    } else {
      self = .expression(try NSRegularExpression(pattern: pattern))
    }
  }

  /// The pattern that the byte-level pre-tokenizer applies when it is asked to.
  static let byteLevelPattern = #"'s|'t|'re|'ve|'m|'ll|'d| ?\p{L}+| ?\p{N}+| ?[^\s\p{L}\p{N}]+|\s+(?!\S)|\s+"#

  private static let longestNumbers: [String: Int] = {
    let contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
    let rest = #" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#
    let words = #"[^\r\n\p{L}\p{N}]?\p{L}+"#
    return [
      #"\#(contractions)|\#(words)|\p{N}|\#(rest)"#: 1,
      #"\#(contractions)|\#(words)|\p{N}{1,3}|\#(rest)"#: 3,
    ]
  }()

  /// Calls `body` with each piece of `text`, well-formed UTF-8, in order.
  package func forEachPiece(of text: UnsafeBufferPointer<UInt8>, _ body: (UnsafeBufferPointer<UInt8>) -> Void) {
    switch self {
    case .whole: body(text)
    case .scanner(let longestNumber):
      ScalarClasses.shared.table.withUnsafeBufferPointer { classes in
        var scanner = PieceScanner(text, classes: classes, longestNumber: longestNumber)
        while let piece = scanner.next() { body(UnsafeBufferPointer(rebasing: text[piece])) }
      }
    case .expression(let expression):
      var start = 0
      func endPiece(at end: Int) {
        if start < end { body(UnsafeBufferPointer(rebasing: text[start..<end])) }
        start = end
      }
      for match in Self.matches(of: expression, in: text) {
        endPiece(at: match.lowerBound)
        endPiece(at: match.upperBound)
      }
      endPiece(at: text.count)
    }
  }

  /// The matches of `expression` as ranges of bytes.
  private static func matches(
    of expression: NSRegularExpression, in text: UnsafeBufferPointer<UInt8>
  ) -> [Range<Int>] {
    let string = String(decoding: text, as: UTF8.self)
    var offsets = ByteOffsets(text)
    let all = NSRange(location: 0, length: string.utf16.count)
    return expression.matches(in: string, range: all).map { match in
      let start = offsets.byte(ofUTF16: match.range.location)
      return start..<offsets.byte(ofUTF16: match.range.location + match.range.length)
    }
  }
}

/// Turns ascending UTF-16 offsets into byte offsets of the same text.
private struct ByteOffsets {
  private let text: UnsafeBufferPointer<UInt8>
  private var byte = 0
  private var utf16 = 0

  init(_ text: UnsafeBufferPointer<UInt8>) { self.text = text }

  mutating func byte(ofUTF16 offset: Int) -> Int {
    while utf16 < offset, byte < text.count {
      let scalar = DecodedScalar(text, at: byte)
      utf16 += scalar.value >= 0x10000 ? 2 : 1
      byte += scalar.length
    }
    return byte
  }
}
