import ModuleExecution
import RandomNumbers
import Testing
import WebAssembly

/// Values as text, and back.
@Suite struct ValueTextTests {
  @Test(
    arguments: [
      ("i32:7", .i32(7)), ("i32:-1", .i32(-1)), ("i32:4294967295", .i32(-1)), ("i32:0xFFffFFff", .i32(-1)),
      ("i32:-2147483648", .i32(.min)), ("i32:-0x80000000", .i32(.min)), ("i32:+5", .i32(5)), ("i32:007", .i32(7)),
      ("i32:-0", .i32(0)), ("i64:-9223372036854775808", .i64(.min)), ("i64:18446744073709551615", .i64(-1)),
      ("f32:1.5", .f32(1.5)), ("f32:-0", .f32(bitPattern: 0x8000_0000)), ("f32:inf", .f32(.infinity)),
      ("f32:-inf", .f32(-.infinity)), ("f32:nan", .f32(bitPattern: 0x7fc0_0000)),
      ("f32:nan:canonical", .f32(bitPattern: 0x7fc0_0000)), ("f32:-nan:canonical", .f32(bitPattern: 0xffc0_0000)),
      ("f32:nan:0x200000", .f32(bitPattern: 0x7fa0_0000)), ("f32:-nan:0x7fffff", .f32(bitPattern: 0xffff_ffff)),
      ("f32:0x1.8p3", .f32(12)), ("f32:0x1p-149", .f32(bitPattern: 1)), ("f32:0x1p-150", .f32(0)),
      ("f32:0x1.8p-150", .f32(bitPattern: 1)), ("f32:0x1.fffffep127", .f32(.greatestFiniteMagnitude)),
      ("f32:0x.8", .f32(0.5)), ("f32:1.", .f32(1)), ("f32:.25", .f32(0.25)), ("f32:1E+2", .f32(100)),
      // A tie goes to the even neighbour; the least bit more does not, though it does not fit in a double.
      ("f32:0x1.000001p0", .f32(1)), ("f32:0x1.00000100000000000001p0", .f32(bitPattern: 0x3f80_0001)),
      ("f32:1.000000059604644775390625", .f32(1)),
      ("f32:1.00000005960464477539062500000001", .f32(bitPattern: 0x3f80_0001)),
      ("f64:0.1", .f64(0.1)), ("f64:-0x1.0p-1074", .f64(bitPattern: 0x8000_0000_0000_0001)),
      ("f64:1.7976931348623157e308", .f64(.greatestFiniteMagnitude)),
      ("f64:nan:0x1", .f64(bitPattern: 0x7ff0_0000_0000_0001)),
      ("f64:-nan:0xfffffffffffff", .f64(bitPattern: .max)),
    ] as [(String, WebAssemblyValue)])
  func reading(_ text: String, _ value: WebAssemblyValue) throws {
    #expect(try WebAssemblyValue(text: text) == value)
  }

  @Test(
    arguments: [
      (.i32(-1), "i32:-1"), (.i64(.max), "i64:9223372036854775807"), (.f32(1.5), "f32:1.5"),
      (.f32(16_777_216), "f32:16777216"),
      (.f64(0.1), "f64:0.1"), (.f32(0.1), "f32:0.1"), (.f64(bitPattern: 1), "f64:5e-324"), (.f64(-0.0), "f64:-0"),
      (.f64(1e300), "f64:1e+300"), (.f64(-.infinity), "f64:-inf"),
      (.f64(bitPattern: 0x7ff8 << 48), "f64:nan:canonical"),
      (.f32(bitPattern: 0x7fa0_0000), "f32:nan:0x200000"), (.f32(bitPattern: 0xffc0_0001), "f32:-nan:0x400001"),
    ] as [(WebAssemblyValue, String)])
  func writing(_ value: WebAssemblyValue, _ text: String) {
    #expect(value.text == text)
  }

  @Test(
    arguments: [
      ("", .type), ("7", .type), ("i32", .type), ("u32:7", .type), (":7", .type), ("I32:7", .type), (" i32:7", .type),
      ("i32:", .integer), ("i32:-", .integer), ("i32:--1", .integer), ("i32:+-1", .integer), ("i32:1.5", .integer),
      ("i32:0x", .integer), ("i32:ff", .integer), ("i32:7 ", .integer), ("i32:1_000", .integer), ("i32:٣", .integer),
      ("i64:nan", .integer), ("i32:4294967296", .range), ("i32:-2147483649", .range), ("i32:-0x80000001", .range),
      ("i64:18446744073709551616", .range), ("i64:-9223372036854775809", .range), ("f32:", .float), ("f32:.", .float),
      ("f32:0x", .float), ("f32:0x.p1", .float), ("f32:1e", .float), ("f32:1e+", .float), ("f32:1p3", .float),
      ("f32:0x1e+2", .float), ("f32:infinity", .float), ("f32:Inf", .float), ("f32:nanx", .float), ("f32:1.5f", .float),
      ("f32: 1", .float), ("f32:1\0", .float), ("f32:0x1p", .float), ("f32:nan(1)", .float), ("f32:nan:", .fraction),
      ("f32:nan:1", .fraction), ("f32:nan:0x", .fraction), ("f32:nan:arithmetic", .fraction), ("f32:nan:0x0", .range),
      ("f32:nan:0x800000", .range), ("f64:nan:0x10000000000000", .range), ("f32:1e39", .range), ("f32:0x1p128", .range),
      ("f64:-1e309", .range), ("f32:3.4028236e38", .range),
    ] as [(String, ValueTextError.Kind)])
  func refusal(_ text: String, _ kind: ValueTextError.Kind) {
    let error = #expect(throws: ValueTextError.self) { try WebAssemblyValue(text: text) }
    #expect(error?.kind == kind)
    #expect(error?.description.contains("\n") == false)
  }

  /// Every exponent with fractions of all kinds, and random bits.
  @Test func everyValueComesBack() throws {
    let seed: UInt64 = 20
    var generator = SplitMix64(seed: seed)
    for exponent in UInt64(0)...0x7ff {
      for fraction in [0, 1, 1 << 51, 1 << 52 - 1, generator.next() >> 12] as [UInt64] {
        let bits = exponent << 52 | fraction | generator.next() & 1 << 63
        let word = UInt32(truncatingIfNeeded: bits >> 29) ^ UInt32(truncatingIfNeeded: generator.next() >> 40)
        for value: WebAssemblyValue in [
          .f64(bitPattern: bits), .f32(bitPattern: word), .i64(Int64(bitPattern: bits)), .i32(Int32(bitPattern: word)),
        ] {
          #expect(try WebAssemblyValue(text: value.text) == value, "seed \(seed): \(value)")
          #expect(WebAssemblyValue(value.type, bits: value.bits) == value, "seed \(seed): \(value)")
        }
      }
    }
  }
}
