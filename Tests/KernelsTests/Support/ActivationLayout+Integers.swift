import CKernels

extension ActivationLayout {
  /// The integers of blocks of 64 bytes.
  func integers(_ bytes: [UInt8]) -> [Int16] {
    (0..<bytes.count / 2).map { index in
      let (block, column) = index.quotientAndRemainder(dividingBy: 32)
      switch self {
      case .words:
        return Int16(bitPattern: UInt16(bytes[index * 2]) | UInt16(bytes[index * 2 + 1]) << 8)
      case .planes:
        let upper = Int16(Int8(bitPattern: bytes[block * 64 + column]))
        return upper * 256 + Int16(Int8(bitPattern: bytes[block * 64 + 32 + column]))
      }
    }
  }

  /// Blocks of 64 bytes for integers, a multiple of 32 of them.
  func bytes(_ integers: [Int16]) -> [UInt8] {
    var bytes = [UInt8](repeating: 0, count: integers.count * 2)
    for (index, integer) in integers.enumerated() {
      let (block, column) = index.quotientAndRemainder(dividingBy: 32)
      let lower = UInt8(truncatingIfNeeded: integer)
      switch self {
      case .words:
        bytes[index * 2] = lower
        bytes[index * 2 + 1] = UInt8(truncatingIfNeeded: integer >> 8)
      case .planes:
        bytes[block * 64 + column] = UInt8(truncatingIfNeeded: (Int(integer) + 128) >> 8)
        bytes[block * 64 + 32 + column] = lower
      }
    }
    return bytes
  }
}
