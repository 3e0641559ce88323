/// A type of number that weights are stored in, read sixteen at a time.
protocol StoredElement {
  /// Bytes of one number.
  static var byteCount: Int { get }

  /// The first `count` numbers at an address, the other lanes 0.
  static func lanes(at address: UnsafeRawPointer, count: Int) -> Lanes
}

extension Float: StoredElement {
  static var byteCount: Int { 4 }

  static func lanes(at address: UnsafeRawPointer, count: Int) -> Lanes {
    var lanes = Lanes.zero
    if count == Lanes.scalarCount { return address.loadUnaligned(as: Lanes.self) }
    for lane in 0..<count { lanes[lane] = address.loadUnaligned(fromByteOffset: lane * 4, as: Float.self) }
    return lanes
  }
}

extension Int8: StoredElement {
  static var byteCount: Int { 1 }

  static func lanes(at address: UnsafeRawPointer, count: Int) -> Lanes {
    if count == Lanes.scalarCount { return Lanes(address.loadUnaligned(as: SIMD16<Int8>.self)) }
    var lanes = Lanes.zero
    for lane in 0..<count { lanes[lane] = Float(address.loadUnaligned(fromByteOffset: lane, as: Int8.self)) }
    return lanes
  }
}

/// The 16 bits at an address, `count` of them.
private func storedBits(at address: UnsafeRawPointer, count: Int) -> SIMD16<UInt32> {
  if count == Lanes.scalarCount {
    return SIMD16<UInt32>(truncatingIfNeeded: address.loadUnaligned(as: SIMD16<UInt16>.self))
  }
  var bits = SIMD16<UInt32>.zero
  for lane in 0..<count { bits[lane] = UInt32(address.loadUnaligned(fromByteOffset: lane * 2, as: UInt16.self)) }
  return bits
}

/// The upper half of a binary32.
package enum BFloat16Bits: StoredElement {
  static var byteCount: Int { 2 }

  static func lanes(at address: UnsafeRawPointer, count: Int) -> Lanes {
    unsafeBitCast(storedBits(at: address, count: count) &<< 16, to: Lanes.self)
  }

  /// The number with these bits.
  package static func float(_ bits: UInt16) -> Float {
    Float(bitPattern: UInt32(bits) << 16)
  }

  /// The nearest bf16's bits, ties to even; a NaN stays one.
  package static func bits(_ number: Float) -> UInt16 {
    let bits = number.bitPattern
    let rounded = number.isNaN ? bits | 0x40_0000 : bits &+ 0x7fff &+ (bits >> 16 & 1)
    return UInt16(truncatingIfNeeded: rounded >> 16)
  }
}

/// IEEE binary16. Swift's own type is missing on Intel Macs.
package enum Float16Bits: StoredElement {
  static var byteCount: Int { 2 }

  static func lanes(at address: UnsafeRawPointer, count: Int) -> Lanes {
    widened(storedBits(at: address, count: count))
  }

  /// The number with these bits.
  package static func float(_ bits: UInt16) -> Float {
    widened(SIMD16(repeating: UInt32(bits)))[0]
  }

  private static func widened(_ bits: SIMD16<UInt32>) -> Lanes {
    let magnitude = bits & 0x7fff
    // As a binary32 the shifted magnitude is 2¹¹² times too small, subnormal numbers included.
    let finite = unsafeBitCast(magnitude &<< 13, to: Lanes.self) * 0x1p112
    let special = magnitude &<< 13 | 0x7f80_0000
    let number = unsafeBitCast(finite, to: SIMD16<UInt32>.self).replacing(with: special, where: magnitude .>= 0x7c00)
    return unsafeBitCast(number | (bits & 0x8000) &<< 16, to: Lanes.self)
  }
}
