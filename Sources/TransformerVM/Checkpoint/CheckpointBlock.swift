/// Neighbouring tokens in a checkpoint, written at once.
///
/// Their number (uint32), a checksum (uint64), and each token's id (uint16), all little-endian. The checksum covers where in the run the
/// first token stands, too, so that a block is right at its own place only.
enum CheckpointBlock {
  /// The bytes before the tokens.
  private static let headByteCount = 12

  /// The bytes of a block.
  ///
  /// - Parameter first: How many tokens are in the blocks before.
  static func bytes(of tokens: ArraySlice<UInt16>, first: Int) -> [UInt8] {
    var content: [UInt8] = []
    content.reserveCapacity(2 * tokens.count)
    for token in tokens { content.append(littleEndian: token) }
    var bytes: [UInt8] = []
    bytes.reserveCapacity(headByteCount + content.count)
    bytes.append(littleEndian: UInt32(truncatingIfNeeded: tokens.count))
    bytes.append(littleEndian: checksum(first: first, content[...]))
    return bytes + content
  }

  /// The tokens of the block that begins with these bytes; nil when no undamaged block does.
  static func tokens(in bytes: ArraySlice<UInt8>, first: Int) -> [UInt16]? {
    guard bytes.count >= headByteCount else { return nil }
    let head = bytes.startIndex
    let count = Int(bytes[head..<head + 4].littleEndianNumber)
    guard count > 0, bytes.count - headByteCount >= 2 * count else { return nil }
    let content = bytes[head + headByteCount..<head + headByteCount + 2 * count]
    guard bytes[head + 4..<head + headByteCount].littleEndianNumber == checksum(first: first, content) else {
      return nil
    }
    return stride(from: content.startIndex, to: content.endIndex, by: 2).map {
      UInt16(content[$0]) | UInt16(content[$0 + 1]) << 8
    }
  }

  /// How many bytes a block of tokens takes.
  static func byteCount(of tokens: Int) -> Int {
    headByteCount + 2 * tokens
  }

  private static func checksum(first: Int, _ content: ArraySlice<UInt8>) -> UInt64 {
    var place: [UInt8] = []
    place.append(littleEndian: UInt64(first))
    place.append(littleEndian: UInt64(content.count))
    return checksum(content, after: checksum(place))
  }

  /// The hash FNV-1a of bytes.
  static func checksum(_ bytes: some Sequence<UInt8>, after hash: UInt64 = 0xCBF2_9CE4_8422_2325) -> UInt64 {
    bytes.reduce(hash) { ($0 ^ UInt64($1)) &* 0x100_0000_01B3 }
  }
}

extension [UInt8] {
  /// Appends a number's bytes, the least significant first.
  mutating func append(littleEndian number: some FixedWidthInteger) {
    for byte in 0..<number.bitWidth / 8 { append(UInt8(truncatingIfNeeded: number >> (8 * byte))) }
  }
}

extension ArraySlice<UInt8> {
  /// The number of at most eight bytes, the least significant first.
  var littleEndianNumber: UInt64 {
    reversed().reduce(0) { $0 << 8 | UInt64($1) }
  }
}
