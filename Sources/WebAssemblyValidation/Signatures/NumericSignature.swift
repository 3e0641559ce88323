package import WebAssembly

/// The operands and the result of a numeric operator.
package struct NumericSignature: Hashable, Sendable {
  /// The type of the operand, or of both.
  package let operand: ValueType
  /// Whether there are two operands.
  package let isBinary: Bool
  /// The type of the result.
  package let result: ValueType

  fileprivate static func unary(_ operand: ValueType, to result: ValueType) -> NumericSignature {
    NumericSignature(operand: operand, isBinary: false, result: result)
  }

  fileprivate static func binary(_ operand: ValueType, to result: ValueType) -> NumericSignature {
    NumericSignature(operand: operand, isBinary: true, result: result)
  }
}

extension NumericOperator {
  /// What the operator takes from the operand stack and puts there.
  package var signature: NumericSignature {
    switch self {
    case .i32Eq, .i32Ne, .i32LtS, .i32LtU, .i32GtS, .i32GtU, .i32LeS, .i32LeU, .i32GeS, .i32GeU, .i32Add, .i32Sub,
      .i32Mul, .i32DivS, .i32DivU, .i32RemS, .i32RemU, .i32And, .i32Or, .i32Xor, .i32Shl, .i32ShrS, .i32ShrU,
      .i32Rotl, .i32Rotr:
      .binary(.i32, to: .i32)
    case .i64Eq, .i64Ne, .i64LtS, .i64LtU, .i64GtS, .i64GtU, .i64LeS, .i64LeU, .i64GeS, .i64GeU:
      .binary(.i64, to: .i32)
    case .i64Add, .i64Sub, .i64Mul, .i64DivS, .i64DivU, .i64RemS, .i64RemU, .i64And, .i64Or, .i64Xor, .i64Shl,
      .i64ShrS, .i64ShrU, .i64Rotl, .i64Rotr:
      .binary(.i64, to: .i64)
    case .f32Eq, .f32Ne, .f32Lt, .f32Gt, .f32Le, .f32Ge:
      .binary(.f32, to: .i32)
    case .f32Add, .f32Sub, .f32Mul, .f32Div, .f32Min, .f32Max, .f32Copysign:
      .binary(.f32, to: .f32)
    case .f64Eq, .f64Ne, .f64Lt, .f64Gt, .f64Le, .f64Ge:
      .binary(.f64, to: .i32)
    case .f64Add, .f64Sub, .f64Mul, .f64Div, .f64Min, .f64Max, .f64Copysign:
      .binary(.f64, to: .f64)
    case .i32Eqz, .i32Clz, .i32Ctz, .i32Popcnt, .i32Extend8S, .i32Extend16S:
      .unary(.i32, to: .i32)
    case .i64ExtendI32S, .i64ExtendI32U:
      .unary(.i32, to: .i64)
    case .f32ConvertI32S, .f32ConvertI32U, .f32ReinterpretI32:
      .unary(.i32, to: .f32)
    case .f64ConvertI32S, .f64ConvertI32U:
      .unary(.i32, to: .f64)
    case .i64Eqz, .i32WrapI64:
      .unary(.i64, to: .i32)
    case .i64Clz, .i64Ctz, .i64Popcnt, .i64Extend8S, .i64Extend16S, .i64Extend32S:
      .unary(.i64, to: .i64)
    case .f32ConvertI64S, .f32ConvertI64U:
      .unary(.i64, to: .f32)
    case .f64ConvertI64S, .f64ConvertI64U, .f64ReinterpretI64:
      .unary(.i64, to: .f64)
    case .i32TruncF32S, .i32TruncF32U, .i32ReinterpretF32, .i32TruncSatF32S, .i32TruncSatF32U:
      .unary(.f32, to: .i32)
    case .i64TruncF32S, .i64TruncF32U, .i64TruncSatF32S, .i64TruncSatF32U:
      .unary(.f32, to: .i64)
    case .f32Abs, .f32Neg, .f32Ceil, .f32Floor, .f32Trunc, .f32Nearest, .f32Sqrt:
      .unary(.f32, to: .f32)
    case .f64PromoteF32:
      .unary(.f32, to: .f64)
    case .i32TruncF64S, .i32TruncF64U, .i32TruncSatF64S, .i32TruncSatF64U:
      .unary(.f64, to: .i32)
    case .i64TruncF64S, .i64TruncF64U, .i64ReinterpretF64, .i64TruncSatF64S, .i64TruncSatF64U:
      .unary(.f64, to: .i64)
    case .f32DemoteF64:
      .unary(.f64, to: .f32)
    case .f64Abs, .f64Neg, .f64Ceil, .f64Floor, .f64Trunc, .f64Nearest, .f64Sqrt:
      .unary(.f64, to: .f64)
    }
  }
}
