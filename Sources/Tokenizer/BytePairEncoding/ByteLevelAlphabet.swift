/// The printable characters that stand for bytes in a byte-level vocabulary.
///
/// The 188 bytes that are printable in Latin-1 stand for themselves; the other 68, in order, are U+0100 and on: a space
/// is written "Ġ".
package enum ByteLevelAlphabet {
  /// The scalar of each byte.
  static let scalars: [Unicode.Scalar] = {
    var scalars: [Unicode.Scalar] = []
    var next: UInt32 = 0x100
    for byte: UInt8 in 0...255 {
      switch byte {
      case 0x21...0x7E, 0xA1...0xAC, 0xAE...0xFF: scalars.append(Unicode.Scalar(byte))
      default:
        scalars.append(Unicode.Scalar(next) ?? "\u{FFFD}")
        next += 1
      }
    }
    return scalars
  }()

  /// The byte of each scalar up to the greatest in the alphabet; -1 for scalars outside it.
  private static let bytes: [Int16] = {
    var bytes = [Int16](repeating: -1, count: 0x144)
    for (byte, scalar) in scalars.enumerated() { bytes[Int(scalar.value)] = Int16(byte) }
    return bytes
  }()

  /// Appends the bytes that `token` stands for and returns true; where a scalar is outside the alphabet, appends
  /// nothing and returns false.
  static func decode(_ token: ArraySlice<UInt8>, into output: inout [UInt8]) -> Bool {
    let start = output.count
    let isInside = token.withUnsafeBufferPointer { text in
      var offset = 0
      while offset < text.count {
        let scalar = DecodedScalar(text, at: offset)
        guard scalar.value < bytes.count, bytes[scalar.value] >= 0 else { return false }
        output.append(UInt8(truncatingIfNeeded: bytes[scalar.value]))
        offset += scalar.length
      }
      return true
    }
    if !isInside { output.removeSubrange(start...) }
    return isInside
  }

  /// The characters that stand for `bytes`.
  package static func encode(_ bytes: some Sequence<UInt8>) -> String {
    var text = String.UnicodeScalarView()
    for byte in bytes { text.append(scalars[Int(byte)]) }
    return String(text)
  }
}
