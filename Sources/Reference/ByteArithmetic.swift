/// A sum or difference made byte by byte, and which bytes carried or borrowed: bit i for byte i.
struct ByteArithmetic {
  let value: UInt32
  let marks: UInt32

  static func sum(_ first: UInt32, _ second: UInt32) -> ByteArithmetic {
    byBytes(first, second) { $0 + $1 + $2 }
  }

  static func difference(_ first: UInt32, _ second: UInt32) -> ByteArithmetic {
    byBytes(first, second) { $0 - $1 - $2 }
  }

  /// `combine` gets a byte of each and what the byte below carried (1 or 0).
  private static func byBytes(
    _ first: UInt32, _ second: UInt32, combine: (Int, Int, Int) -> Int
  ) -> ByteArithmetic {
    var value: UInt32 = 0
    var marks: UInt32 = 0
    var carry = 0
    for byte in 0..<UInt32(4) {
      let result = combine(Int(first >> (8 * byte) & 0xff), Int(second >> (8 * byte) & 0xff), carry)
      carry = (0...0xff).contains(result) ? 0 : 1
      value |= UInt32(result & 0xff) << (8 * byte)
      marks |= UInt32(carry) << byte
    }
    return ByteArithmetic(value: value, marks: marks)
  }
}
