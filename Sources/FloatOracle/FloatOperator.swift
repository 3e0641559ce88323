/// An operator of WebAssembly that takes or gives floats, computed by Swift's arithmetic.
package struct FloatOperator: Sendable, CustomStringConvertible {
  /// What the bits of an operand or result mean. The raw value is WebAssembly's name.
  package enum Operand: String, Sendable {
    case i32, i64, f32, f64
  }

  package enum Outcome: Hashable, Sendable {
    case bits(UInt64)
    case integerOverflow
    case invalidConversion
  }

  /// WebAssembly's name.
  package let name: String
  /// One or two.
  package let operands: [Operand]
  package let result: Operand
  /// The result for the bits of the operands; of one operand, the second is ignored. A NaN that is computed is the canonical one.
  package let outcome: @Sendable (UInt64, UInt64) -> Outcome

  package var description: String { name }

  /// Every operator but those that reinterpret.
  package static let all: [FloatOperator] =
    arithmetic(Float.self) + arithmetic(Double.self) + signs(Float.self) + signs(Double.self)
    + comparisons(Float.self) + comparisons(Double.self) + conversions(Float.self) + conversions(Double.self)
    + [conversion("f32.demote_f64", Double.self, Float.self), conversion("f64.promote_f32", Float.self, Double.self)]

  private static func conversion<From: OracleNumber, To: OracleNumber>(
    _ name: String, _: From.Type, _: To.Type
  ) -> FloatOperator {
    FloatOperator(name: name, operands: [From.operand], result: To.operand) { bits, _ in
      .bits(To(From(bits: bits)).canonicalBits)
    }
  }
}

/// The two formats.
protocol OracleNumber: BinaryFloatingPoint, Sendable {
  static var operand: FloatOperator.Operand { get }
  init(bits: UInt64)
  /// The bits, those of a NaN as they are.
  var bits: UInt64 { get }
}

extension OracleNumber {
  /// The bits, those of a NaN as the canonical one has them.
  var canonicalBits: UInt64 { isNaN ? Self.nan.bits : bits }
}

extension Float: OracleNumber {
  static let operand = FloatOperator.Operand.f32
  init(bits: UInt64) { self.init(bitPattern: UInt32(truncatingIfNeeded: bits)) }
  var bits: UInt64 { UInt64(bitPattern) }
}

extension Double: OracleNumber {
  static let operand = FloatOperator.Operand.f64
  init(bits: UInt64) { self.init(bitPattern: bits) }
  var bits: UInt64 { bitPattern }
}
