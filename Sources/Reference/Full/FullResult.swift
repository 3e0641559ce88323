import InstructionSet

/// What an instruction writes: its bytes, by the number that they make up, and their marks.
struct FullResult {
  let bits: UInt64
  /// Bit i for byte i.
  var marks: UInt64 = 0
  /// What stands in place of all bytes but the last, where they are only steps on the way.
  var steps: [UInt8]?

  init(_ bits: UInt64) {
    self.bits = bits
  }

  init(_ bits: UInt32) {
    self.bits = UInt64(bits)
  }

  /// The result with its tokens, the last of them with what it does.
  func tokens(count: Int, _ ending: FullToken.LastByte) -> [FullToken] {
    let bytes = steps ?? (0..<count).map { UInt8(truncatingIfNeeded: bits >> UInt64(8 * $0)) }
    return bytes.enumerated().map { place, byte in
      let isMarked = marks >> UInt64(place) & 1 == 1
      return place == count - 1 ? .last(byte, ending, marked: isMarked) : .byte(byte, marked: isMarked)
    }
  }
}
