/// Sixteen numbers that every kernel version computes with, whatever the width of the processor's registers.
package typealias Lanes = SIMD16<Float>

extension SIMD16<Float> {
  /// The numbers at an address that need not be aligned.
  init(at address: UnsafePointer<Float>) {
    self = UnsafeRawPointer(address).loadUnaligned(as: Self.self)
  }

  /// The first `count` numbers at an address, the other lanes 0; `count` is from 0 to 16.
  init(at address: UnsafePointer<Float>, count: Int) {
    if count >= 16 {
      self.init(at: address)
    } else {
      self = .zero
      for lane in 0..<Swift.max(count, 0) { self[lane] = address[lane] }
    }
  }

  /// Writes the first `count` lanes.
  func store(to address: UnsafeMutablePointer<Float>, count: Int = 16) {
    if count >= 16 {
      UnsafeMutableRawPointer(address).storeBytes(of: self, as: Self.self)
    } else {
      for lane in 0..<Swift.max(count, 0) { address[lane] = self[lane] }
    }
  }

  /// The lanes with the other sign, zeros too; `-lanes` would be 0 − lanes.
  var negated: Self { self * -1 }

  /// The sum of the lanes as a tree: lanes 8 apart, then 4, 2 and 1.
  var treeSum: Float {
    let eight = lowHalf + highHalf
    let four = eight.lowHalf + eight.highHalf
    let two = four.lowHalf + four.highHalf
    return two[0] + two[1]
  }
}
