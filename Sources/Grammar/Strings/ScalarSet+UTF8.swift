extension ScalarSet {
  /// The scalars' UTF-8 as an expression; `effect` belongs to each one's first byte.
  func utf8(_ effect: ByteEffect) -> RuleExpression {
    .choice(ranges.flatMap { Self.byLength($0) }.flatMap { Self.sequences($0, effect) })
  }

  /// Cuts a range where the length of the encoding changes.
  private static func byLength(_ range: ClosedRange<UInt32>) -> [ClosedRange<UInt32>] {
    let lengths: [ClosedRange<UInt32>] = [0...0x7F, 0x80...0x7FF, 0x800...0xFFFF, 0x10000...0x10FFFF]
    return lengths.filter(range.overlaps).map(range.clamped)
  }

  /// The encodings of a range of one length, as sequences of byte ranges.
  private static func sequences(_ range: ClosedRange<UInt32>, _ effect: ByteEffect) -> [RuleExpression] {
    let (low, high) = (encoded(range.lowerBound), encoded(range.upperBound))
    return tails(low[...], high[...]).map { ranges in
      .sequence(
        ranges.enumerated().map { place, range in .bytes([range], place == 0 ? effect : .none) })
    }
  }

  /// All byte strings from `low` to `high`, of one length, whose bytes after the first are continuation bytes.
  private static func tails(_ low: ArraySlice<UInt8>, _ high: ArraySlice<UInt8>) -> [[ClosedRange<UInt8>]] {
    guard let first = low.first, let last = high.first else { return [[]] }
    let (lowRest, highRest) = (low.dropFirst(), high.dropFirst())
    let least = ArraySlice(repeating: UInt8(0x80), count: lowRest.count)
    let greatest = ArraySlice(repeating: UInt8(0xBF), count: lowRest.count)
    if first == last { return tails(lowRest, highRest).map { [first...first] + $0 } }
    var result: [[ClosedRange<UInt8>]] = []
    var (from, through) = (first, last)
    if lowRest != least {
      result += tails(lowRest, greatest).map { [first...first] + $0 }
      from += 1
    }
    if highRest != greatest { through -= 1 }
    if from <= through { result.append([from...through] + least.map { _ in 0x80...0xBF }) }
    if highRest != greatest { result += tails(least, highRest).map { [last...last] + $0 } }
    return result
  }

  private static func encoded(_ value: UInt32) -> [UInt8] {
    Unicode.Scalar(value).map { Array(String($0).utf8) } ?? []
  }
}
