import ModuleExecution
import SpecificationSuite
import Testing
import WebAssembly

@Suite("Expected values")
struct ExpectedValueTests {
  /// Bits of f32 at which something changes, of either sign.
  private static let singles: [UInt32] = [
    0, 1, 0x3f80_0000, 0x7f7f_ffff, 0x7f80_0000, 0x7f80_0001, 0x7fa0_0000, 0x7fbf_ffff, 0x7fc0_0000, 0x7fc0_0001,
    0x7fe0_0000, 0x7fff_ffff,
  ].flatMap { [$0, $0 | 1 << 31] }

  @Test("The classes of NaN are those of the processor: canonical as it makes them, arithmetic where it is quiet")
  func singleNaNs() {
    for bits in Self.singles {
      let float = Float(bitPattern: bits)
      let result = WebAssemblyValue.f32(bitPattern: bits)
      let isCanonical = float.magnitude.bitPattern == Float.nan.bitPattern
      let isArithmetic = float.isNaN && !float.isSignalingNaN
      #expect(ExpectedValue.nan(.f32, .canonical).matches(result) == isCanonical, "\(bits)")
      #expect(ExpectedValue.nan(.f32, .arithmetic).matches(result) == isArithmetic, "\(bits)")
      #expect(!ExpectedValue.nan(.f64, .arithmetic).matches(result), "\(bits)")
    }
  }

  @Test("The same of f64, for bits of f32 with the fraction's lower half filled in every way")
  func doubleNaNs() {
    for single in Self.singles {
      for low: UInt64 in [0, 1, 0x1fff_ffff] {
        let bits = Double(bitPattern: UInt64(single & 1 << 31) << 32).bitPattern | Self.widened(single) | low
        let double = Double(bitPattern: bits)
        let result = WebAssemblyValue.f64(bitPattern: bits)
        let isCanonical = double.magnitude.bitPattern == Double.nan.bitPattern
        #expect(ExpectedValue.nan(.f64, .canonical).matches(result) == isCanonical, "\(bits)")
        #expect(
          ExpectedValue.nan(.f64, .arithmetic).matches(result) == (double.isNaN && !double.isSignalingNaN), "\(bits)")
        #expect(!ExpectedValue.nan(.f32, .canonical).matches(result), "\(bits)")
      }
    }
  }

  /// An f64 whose exponent is full where that of the f32 is, with the same fraction on top.
  private static func widened(_ single: UInt32) -> UInt64 {
    let exponent: UInt64 = single >> 23 & 0xff == 0xff ? 0x7ff : 0x3ff
    return exponent << 52 | UInt64(single & 0x7f_ffff) << 29
  }

  @Test("A value matches itself bit for bit, and nothing of another type")
  func values() {
    let values: [WebAssemblyValue] = [
      .i32(0), .i32(-1), .i64(0), .i64(-1), .f32(bitPattern: 0), .f32(bitPattern: 1 << 31), .f64(bitPattern: 0),
      .f64(bitPattern: 1 << 63), .f32(bitPattern: 0x7fc0_0000), .f32(bitPattern: 0x7fc0_0001),
    ]
    for (index, expected) in values.enumerated() {
      for (other, result) in values.enumerated() {
        #expect(ExpectedValue.value(expected).matches(result) == (index == other), "\(expected) \(result)")
      }
    }
  }
}
