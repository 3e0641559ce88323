/// Integers near numbers, many at once.
enum NearestInteger {
  /// Added to a number below 2⁵¹, it leaves no room for a fraction; the sum's lowest 32 bits are the integer's.
  static let rounding = 0x1.8p52

  /// Lanes that hold no such integer are marked by this sum, whose lowest 32 bits are −1.
  static let none = rounding - 1

  /// The integer in a lane, −1 where it is marked as none.
  @inline(__always)
  static func integer(_ sum: Double) -> Int {
    Int(Int32(truncatingIfNeeded: sum.bitPattern))
  }
}
