/// Conversions between integers and floats.
extension FloatOperator {
  static func conversions<Number: OracleNumber>(_: Number.Type) -> [FloatOperator] {
    integers("i32", "s", Int32.self, Number.self) { Int32(truncatingIfNeeded: $0) }
      + integers("i32", "u", UInt32.self, Number.self) { UInt32(truncatingIfNeeded: $0) }
      + integers("i64", "s", Int64.self, Number.self) { Int64(bitPattern: $0) }
      + integers("i64", "u", UInt64.self, Number.self) { $0 }
  }

  /// From an integer type, to it by trapping, and to it by saturating.
  private static func integers<Integer: FixedWidthInteger & Sendable, Number: OracleNumber>(
    _ integer: String, _ sign: String, _: Integer.Type, _: Number.Type,
    _ value: @escaping @Sendable (UInt64) -> Integer
  ) -> [FloatOperator] {
    let (number, type): (String, Operand) = (Number.operand.rawValue, Integer.bitWidth == 32 ? .i32 : .i64)
    let bits: @Sendable (Integer) -> UInt64 = {
      UInt64(truncatingIfNeeded: $0) & (.max >> UInt64(64 - Integer.bitWidth))
    }
    return [
      FloatOperator(name: "\(number).convert_\(integer)_\(sign)", operands: [type], result: Number.operand) { bits, _ in
        .bits(Number(value(bits)).bits)
      },
      FloatOperator(name: "\(integer).trunc_\(number)_\(sign)", operands: [Number.operand], result: type) {
        operand, _ in
        let number = Number(bits: operand)
        guard let integer = Integer(exactly: number.rounded(.towardZero)) else {
          return number.isNaN ? .invalidConversion : .integerOverflow
        }
        return .bits(bits(integer))
      },
      FloatOperator(name: "\(integer).trunc_sat_\(number)_\(sign)", operands: [Number.operand], result: type) {
        operand, _ in
        let number = Number(bits: operand)
        let nearest = number.isNaN ? 0 : number < 0 ? Integer.min : Integer.max
        return .bits(bits(Integer(exactly: number.rounded(.towardZero)) ?? nearest))
      },
    ]
  }
}
