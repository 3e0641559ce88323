/// The tokens of a text as they are found, up to a limit.
struct TokenCollector {
  private(set) var ids: [Int] = []
  /// Whether there are more than the limit; what comes then is not looked at.
  private(set) var isOver = false
  private let limit: Int

  init(limit: Int) {
    self.limit = limit
  }

  mutating func reserveCapacity(_ count: Int) {
    ids.reserveCapacity(ids.count + count)
  }

  mutating func append(_ id: Int) {
    guard !isOver, ids.count < limit else { return isOver = true }
    ids.append(id)
  }

  /// Appends the tokens of a piece of text, unless its length alone says that they are too many.
  @inline(__always)
  mutating func append(_ piece: UnsafeBufferPointer<UInt8>, by encoder: PieceEncoder) {
    guard !isOver, encoder.leastCount(ofBytes: piece.count) <= limit - ids.count else { return isOver = true }
    encoder.encode(piece, into: &ids)
    isOver = ids.count > limit
  }
}
