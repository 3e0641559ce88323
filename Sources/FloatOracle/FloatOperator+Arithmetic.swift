/// Arithmetic, signs and comparisons.
extension FloatOperator {
  static func arithmetic<Number: OracleNumber>(_: Number.Type) -> [FloatOperator] {
    let binary: [(String, @Sendable (Number, Number) -> Number)] = [
      ("add", { $0 + $1 }), ("sub", { $0 - $1 }), ("mul", { $0 * $1 }), ("div", { $0 / $1 }),
      ("min", { least($0, $1) }), ("max", { -least(-$0, -$1) }),
    ]
    let unary: [(String, @Sendable (Number) -> Number)] = [
      ("sqrt", { $0.squareRoot() }), ("ceil", { $0.rounded(.up) }), ("floor", { $0.rounded(.down) }),
      ("trunc", { $0.rounded(.towardZero) }), ("nearest", { $0.rounded(.toNearestOrEven) }),
    ]
    return binary.map { name, compute in
      make(name, 2, Number.self, Number.operand) { compute($0, $1).canonicalBits }
    }
      + unary.map { name, compute in
        make(name, 1, Number.self, Number.operand) { number, _ in compute(number).canonicalBits }
      }
  }

  /// What only touches the sign keeps a NaN's payload.
  static func signs<Number: OracleNumber>(_: Number.Type) -> [FloatOperator] {
    [
      make("abs", 1, Number.self, Number.operand) { number, _ in number.magnitude.bits },
      make("neg", 1, Number.self, Number.operand) { number, _ in (-number).bits },
      make("copysign", 2, Number.self, Number.operand) { Number(signOf: $1, magnitudeOf: $0).bits },
    ]
  }

  static func comparisons<Number: OracleNumber>(_: Number.Type) -> [FloatOperator] {
    let all: [(String, @Sendable (Number, Number) -> Bool)] = [
      ("eq", { $0 == $1 }), ("ne", { $0 != $1 }), ("lt", { $0 < $1 }), ("gt", { $0 > $1 }), ("le", { $0 <= $1 }),
      ("ge", { $0 >= $1 }),
    ]
    return all.map { name, holds in make(name, 2, Number.self, .i32) { holds($0, $1) ? 1 : 0 } }
  }

  private static func make<Number: OracleNumber>(
    _ name: String, _ count: Int, _: Number.Type, _ result: Operand,
    _ bits: @escaping @Sendable (Number, Number) -> UInt64
  ) -> FloatOperator {
    FloatOperator(
      name: "\(Number.operand.rawValue).\(name)", operands: Array(repeating: Number.operand, count: count),
      result: result
    ) { .bits(bits(Number(bits: $0), Number(bits: $1))) }
  }

  /// −0 is less than 0, and a NaN less than everything.
  private static func least<Number: OracleNumber>(_ a: Number, _ b: Number) -> Number {
    if a.isNaN || b.isNaN { return .nan }
    if a == b { return a.sign == .minus ? a : b }
    return a < b ? a : b
  }
}
