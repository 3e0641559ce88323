/// Cuts text into the pieces within which byte pairs are merged, as this pattern does, read left to right, the first
/// alternative that matches winning:
///
///     (?i:'s|'t|'re|'ve|'m|'ll|'d) | [^\r\n\p{L}\p{N}]?\p{L}+ | \p{N}{1,n} | ?[^\s\p{L}\p{N}]+[\r\n]*
///       | \s*[\r\n]+ | \s+(?!\S) | \s+
///
/// Every scalar falls into some piece. Each step looks at the class of a scalar or two and then runs along a class.
/// - Complexity: linear in the text.
struct PieceScanner {
  private let text: UnsafeBufferPointer<UInt8>
  private let classes: UnsafeBufferPointer<UInt8>
  private let longestNumber: Int
  private var position = 0

  /// A scanner at the start of `text`, well-formed UTF-8; both buffers must outlive it.
  ///
  /// - Parameter classes: `ScalarClasses.table`.
  /// - Parameter longestNumber: how many digits a piece may hold, n in the pattern.
  init(_ text: UnsafeBufferPointer<UInt8>, classes: UnsafeBufferPointer<UInt8>, longestNumber: Int) {
    self.text = text
    self.classes = classes
    self.longestNumber = longestNumber
  }

  /// The next piece, or nil at the end of the text.
  mutating func next() -> Range<Int>? {
    guard position < text.count else { return nil }
    let start = position
    position = endOfPiece()
    return start..<position
  }

  private func endOfPiece() -> Int {
    let first = scalar(at: position)
    let second = position + first.length
    switch first.scalarClass {
    case .letter: return endOfRun(of: .letter, from: second)
    case .number: return endOfNumber(from: second)
    case .space: return endOfPiece(afterSpace: text[position], second)
    case .other:
      if text[position] == UInt8(ascii: "'"), let end = endOfContraction(from: second) { return end }
      if isLetter(at: second) { return endOfRun(of: .letter, from: second) }
      return endOfPunctuation(from: second)
    }
  }

  /// The end of a piece whose first scalar is white space; `space` is its first byte, `second` where it ends.
  private func endOfPiece(afterSpace space: UInt8, _ second: Int) -> Int {
    if !isLineEnd(space), isLetter(at: second) { return endOfRun(of: .letter, from: second) }
    if space == UInt8(ascii: " "), second < text.count, scalar(at: second).scalarClass == .other {
      return endOfPunctuation(from: second)
    }
    return endOfWhiteSpace()
  }

  /// The white space from the position: up to the last line end in it, else all of it but the last scalar, which a word
  /// that follows takes, else all of it.
  private func endOfWhiteSpace() -> Int {
    var end = position
    var afterLineEnd: Int?
    var last = position
    while end < text.count {
      let next = scalar(at: end)
      guard next.scalarClass == .space else { break }
      last = end
      end += next.length
      if isLineEnd(text[last]) { afterLineEnd = end }
    }
    if let afterLineEnd { return afterLineEnd }
    return end == text.count || last == position ? end : last
  }

  private func endOfPunctuation(from start: Int) -> Int {
    var end = endOfRun(of: .other, from: start)
    while end < text.count, isLineEnd(text[end]) { end += 1 }
    return end
  }

  private func endOfNumber(from start: Int) -> Int {
    var end = start
    for _ in 1..<longestNumber {
      guard end < text.count else { break }
      let next = scalar(at: end)
      guard next.scalarClass == .number else { break }
      end += next.length
    }
    return end
  }

  /// The end of `'s`, `'t`, `'re`, `'ve`, `'m`, `'ll` or `'d` in any case, when one starts just before `start`.
  private func endOfContraction(from start: Int) -> Int? {
    guard start < text.count else { return nil }
    switch text[start] | 0x20 {
    case UInt8(ascii: "s"), UInt8(ascii: "t"), UInt8(ascii: "m"), UInt8(ascii: "d"):
      return text[start] < 0x80 ? start + 1 : nil
    case UInt8(ascii: "r"), UInt8(ascii: "v"):
      return start + 1 < text.count && text[start + 1] | 0x20 == UInt8(ascii: "e") ? start + 2 : nil
    case UInt8(ascii: "l"):
      return start + 1 < text.count && text[start + 1] | 0x20 == UInt8(ascii: "l") ? start + 2 : nil
    // U+017F, the long s, is an s but for its case.
    case 0xC5 | 0x20: return text[start] == 0xC5 && text[start + 1] == 0xBF ? start + 2 : nil
    default: return nil
    }
  }

  private func endOfRun(of scalarClass: ScalarClass, from start: Int) -> Int {
    var end = start
    while end < text.count {
      let byte = text[end]
      if byte < 0x80 {
        guard classes[Int(byte)] == scalarClass.rawValue else { break }
        end += 1
      } else {
        let next = scalar(at: end)
        guard next.scalarClass == scalarClass else { break }
        end += next.length
      }
    }
    return end
  }

  private func isLetter(at offset: Int) -> Bool {
    offset < text.count && scalar(at: offset).scalarClass == .letter
  }

  private func isLineEnd(_ byte: UInt8) -> Bool { byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") }

  @inline(__always)
  private func scalar(at offset: Int) -> (scalarClass: ScalarClass, length: Int) {
    let scalar = DecodedScalar(text, at: offset)
    let rawClass = scalar.value < classes.count ? classes[scalar.value] : 0
    return (ScalarClass(rawValue: rawClass) ?? .other, scalar.length)
  }
}
