import ModuleExecution
import ProgramGenerator
import WebAssembly

// Numbers at which operators behave differently, small numbers, and any.
extension RandomSource {
  mutating func type() -> ValueType {
    pick(ValueType.allCases) ?? .i32
  }

  /// Whether something happens that does so in that many of a hundred cases.
  mutating func isTrue(percent: Int) -> Bool {
    number(in: 1...100) <= percent
  }

  mutating func constant(_ type: ValueType) -> Operation {
    switch type {
    case .i32: .i32Const(Int32(truncatingIfNeeded: integer(bitWidth: 32)))
    case .i64: .i64Const(integer(bitWidth: 64))
    case .f32: .f32Const(bitPattern: float())
    case .f64: .f64Const(bitPattern: double())
    }
  }

  mutating func argument(of type: ValueType) -> WebAssemblyValue {
    switch constant(type) {
    case .i32Const(let value): .i32(value)
    case .i64Const(let value): .i64(value)
    // JavaScript has but one NaN.
    case .f32Const(let bits): Float(bitPattern: bits).isNaN ? .f32(.nan) : .f32(bitPattern: bits)
    case .f64Const(let bits): Double(bitPattern: bits).isNaN ? .f64(.nan) : .f64(bitPattern: bits)
    default: .i32(0)
    }
  }

  private mutating func integer(bitWidth: Int) -> Int64 {
    switch number(in: 0...7) {
    case 0: Int64(bitPattern: bits()) >> Int64(64 - bitWidth)
    // Around a power of two, of either sign.
    case 1: (Int64(1) << Int64(number(in: 0...bitWidth - 1))) &+ Int64(number(in: -1...1))
    case 2: Int64(-1) << Int64(number(in: 0...bitWidth - 1))
    case 3: pick([0, -1, 1, .min >> Int64(64 - bitWidth), .max >> Int64(64 - bitWidth)]) ?? 0
    case 4: Int64(number(in: -200...200))
    default: Int64(number(in: -8...33))
    }
  }

  private mutating func float() -> UInt32 {
    switch number(in: 0...5) {
    case 0: UInt32(truncatingIfNeeded: bits())
    case 1:
      pick([
        0, 0x8000_0000, 1, 0x807f_ffff, 0x0080_0000, 0x7f7f_ffff, 0xff80_0000, 0x7f80_0000, 0x7fc0_0000, 0x7fa0_0001,
      ])
        ?? 0
    // Around the integers that conversions can and cannot give.
    case 2: (pick([0x4f00_0000, 0xcf00_0000, 0x4f80_0000, 0x5f00_0000, 0xdf00_0000, 0x5f80_0000]) ?? 0) &+ nudge()
    default: (Float(number(in: -4000...4000)) / 8).bitPattern
    }
  }

  private mutating func double() -> UInt64 {
    switch number(in: 0...5) {
    case 0: bits()
    case 1:
      pick([
        0, 1 << 63, 1, 0x800f_ffff_ffff_ffff, 0x0010_0000_0000_0000, 0x7fef_ffff_ffff_ffff, 0xfff0_0000_0000_0000,
        0x7ff0_0000_0000_0000, 0x7ff8_0000_0000_0000, 0xfff4_0000_0000_0001,
      ]) ?? 0
    case 2:
      (pick([
        0x41e0_0000_0000_0000, 0xc1e0_0000_0000_0000, 0x41f0_0000_0000_0000, 0x43e0_0000_0000_0000,
        0xc3e0_0000_0000_0000, 0x43f0_0000_0000_0000,
      ]) ?? 0) &+ UInt64(nudge()) << 21
    default: (Double(number(in: -4000...4000)) / 8).bitPattern
    }
  }

  /// −1, 0 or 1 in the last place.
  private mutating func nudge() -> UInt32 {
    UInt32(truncatingIfNeeded: number(in: -1...1))
  }
}
