import WebAssembly

/// Arithmetic that the machine does not have, as functions in terms of what it has.
///
/// The raw value is the operator. `unreachable` in a body stands for the trap "integer overflow"; a division by zero is left to
/// the machine's own `i32.div_u`.
struct FullRoutine: Hashable, Comparable {
  let rawValue: NumericOperator

  /// nil for what is no routine.
  init?(rawValue: NumericOperator) {
    switch rawValue {
    case .i32DivS, .i32RemS, .i32RemU, .i64DivS, .i64DivU, .i64RemS, .i64RemU: self.rawValue = rawValue
    default: return nil
    }
  }

  static func < (left: FullRoutine, right: FullRoutine) -> Bool {
    left.rawValue.rawValue < right.rawValue.rawValue
  }

  private var isWide: Bool {
    switch rawValue {
    case .i32DivS, .i32RemS, .i32RemU: false
    default: true
    }
  }

  private var valueType: ValueType { isWide ? .i64 : .i32 }

  var type: FunctionType { FunctionType(parameters: [valueType, valueType], results: [valueType]) }

  /// Behind the operands, 0 and 1.
  var locals: [ValueType] {
    switch rawValue {
    case .i32DivS, .i64DivS, .i32RemS, .i64RemS: [valueType]
    case .i64DivU: [.i64, .i64, .i64]
    default: []
    }
  }

  var body: [Operation] {
    switch rawValue {
    case .i32RemU, .i64RemU: remainder
    case .i32DivS, .i64DivS: signedQuotient
    case .i32RemS, .i64RemS: signedRemainder
    default: wideQuotient
    }
  }
}

/// The bodies.
extension FullRoutine {
  private func const(_ value: Int64) -> Operation {
    isWide ? .i64Const(value) : .i32Const(Int32(truncatingIfNeeded: value))
  }

  private func numeric(_ word: NumericOperator, _ wide: NumericOperator) -> Operation {
    .numeric(isWide ? wide : word)
  }

  private var quotient: Operation { numeric(.i32DivU, .i64DivU) }
  private var difference: Operation { numeric(.i32Sub, .i64Sub) }

  /// a − a / b · b
  private var remainder: [Operation] {
    [
      .localGet(0), .localGet(0), .localGet(1), quotient, .localGet(1), numeric(.i32Mul, .i64Mul), difference, .end,
    ]
  }

  /// Negates a variable that is negative.
  private func makeAbsolute(_ index: LocalIndex) -> [Operation] {
    [
      .localGet(index), const(0), numeric(.i32LtS, .i64LtS), .if(.empty), const(0), .localGet(index), difference,
      .localSet(index), .end,
    ]
  }

  /// The top, negated where variable 2 is negative; ends the function.
  private var signed: [Operation] {
    [
      .localSet(0), .localGet(2), const(0), numeric(.i32LtS, .i64LtS), .if(.empty), const(0), .localGet(0), difference,
      .localSet(0), .end, .localGet(0), .end,
    ]
  }

  /// The quotient of the magnitudes, with the sign of the product; −2ⁿ⁻¹ / −1 is out of range.
  private var signedQuotient: [Operation] {
    let least = isWide ? Int64.min : Int64(Int32.min)
    let isOutOfRange: [Operation] = [
      .localGet(1), const(-1), numeric(.i32Eq, .i64Eq), .if(.empty), .localGet(0), const(least),
      numeric(.i32Eq, .i64Eq), .if(.empty), .unreachable, .end, .end,
    ]
    let sign: [Operation] = [.localGet(0), .localGet(1), numeric(.i32Xor, .i64Xor), .localSet(2)]
    return isOutOfRange + sign + makeAbsolute(0) + makeAbsolute(1) + [.localGet(0), .localGet(1), quotient] + signed
  }

  /// The remainder of the magnitudes, with the sign of the dividend.
  private var signedRemainder: [Operation] {
    [.localGet(0), .localSet(2)] + makeAbsolute(0) + makeAbsolute(1)
      + [.localGet(0), .localGet(1), numeric(.i32RemU, .i64RemU)] + signed
  }

  /// Operands below 2³² are divided by the machine; of others, multiples of the divisor by falling powers of two are taken off.
  ///
  /// Variable 2 is the quotient, 3 the multiple of the divisor, 4 the power's exponent.
  private var wideQuotient: [Operation] {
    let divideWords: [Operation] = [
      .localGet(0), .localGet(1), .numeric(.i64Or), .i64Const(32), .numeric(.i64ShrU), .numeric(.i64Eqz), .if(.empty),
      .localGet(0), .numeric(.i32WrapI64), .localGet(1), .numeric(.i32WrapI64), .numeric(.i32DivU),
      .numeric(.i64ExtendI32U), .return, .end,
    ]
    let checkDivisor: [Operation] = [
      .localGet(1), .numeric(.i64Eqz), .if(.empty), .i32Const(0), .i32Const(0), .numeric(.i32DivU), .drop, .end,
      .localGet(0), .localGet(1), .numeric(.i64LtU), .if(.empty), .i64Const(0), .return, .end,
    ]
    let begin: [Operation] = [
      .localGet(1), .numeric(.i64Clz), .localGet(0), .numeric(.i64Clz), .numeric(.i64Sub), .localSet(4),
      .localGet(1), .localGet(4), .numeric(.i64Shl), .localSet(3),
    ]
    let takeOff: [Operation] = [
      .localGet(2), .i64Const(1), .numeric(.i64Shl), .localSet(2),
      .localGet(0), .localGet(3), .numeric(.i64GeU), .if(.empty),
      .localGet(0), .localGet(3), .numeric(.i64Sub), .localSet(0),
      .localGet(2), .i64Const(1), .numeric(.i64Or), .localSet(2), .end,
      .localGet(3), .i64Const(1), .numeric(.i64ShrU), .localSet(3),
      .localGet(4), .i64Const(1), .numeric(.i64Sub), .localTee(4), .i64Const(0), .numeric(.i64GeS), .brIf(0),
    ]
    return divideWords + checkDivisor + begin + [.loop(.empty)] + takeOff + [.end, .localGet(2), .end]
  }
}
