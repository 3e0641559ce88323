// Integers in LEB128: seven bits a byte, least significant first, the top bit set in every byte but the last.
//
// An integer of n bits takes at most ⌈n / 7⌉ bytes, and the bits of the last byte beyond the n-th must be zero or, in a
// signed integer, repeat its sign. An integer is read to its own end before the limit is looked at: whether it is well
// formed does not depend on what surrounds it, and the specification's tests report that first.
extension ByteReader {
  /// Reads an unsigned integer of 32 bits.
  mutating func u32(_ expected: @autoclosure () -> String) throws(DecodingError) -> UInt32 {
    if position < limit, bytes[position] < 0x80 {
      defer { position += 1 }
      return UInt32(bytes[position])
    }
    return UInt32(truncatingIfNeeded: try unsigned(bits: 32, expected()))
  }

  /// Reads an unsigned integer of `bits` bits, 1 to 64.
  mutating func unsigned(bits: Int, _ expected: @autoclosure () -> String) throws(DecodingError) -> UInt64 {
    try leb128(bits: bits, isSigned: false, expected())
  }

  /// Reads a signed integer of `bits` bits, 1 to 64.
  mutating func signed(bits: Int, _ expected: @autoclosure () -> String) throws(DecodingError) -> Int64 {
    Int64(bitPattern: try leb128(bits: bits, isSigned: true, expected()))
  }

  /// Reads a count of bytes or elements, each of which takes at least one byte of the file.
  mutating func length(_ expected: @autoclosure () -> String) throws(DecodingError) -> Int {
    let start = position
    let length = Int(try u32(expected()))
    guard length <= bytes.count else {
      throw error(.lengthOutOfBounds, at: start, expected: "\(expected()) of at most the file's \(bytes.count)")
    }
    return length
  }

  private mutating func leb128(
    bits: Int, isSigned: Bool, _ expected: @autoclosure () -> String
  ) throws(DecodingError) -> UInt64 {
    guard position < limit else { throw endError(expected: expected()) }
    var value: UInt64 = 0
    var width = 0
    while true {
      guard position < bytes.count else { throw endError(expected: expected()) }
      let byte = bytes[position]
      let unusedFrom = bits - width - (isSigned ? 1 : 0)
      if unusedFrom < 7 {
        let unused = (byte & 0x7F) >> UInt8(unusedFrom)
        guard unused == 0 || isSigned && unused == 0x7F >> UInt8(unusedFrom) else {
          throw error(.integerTooLarge, expected: "\(expected()) of \(bits) bits")
        }
      }
      value |= UInt64(byte & 0x7F) << UInt64(width)
      width += 7
      position += 1
      guard byte >= 0x80 else { break }
      guard width < bits else { throw error(.integerTooLong, expected: "the end of \(expected()) of \(bits) bits") }
    }
    guard position <= limit else { throw endError(expected: expected()) }
    let isNegative = isSigned && width < 64 && value >> UInt64(width - 1) == 1
    return isNegative ? value | UInt64.max << UInt64(width) : value
  }
}
