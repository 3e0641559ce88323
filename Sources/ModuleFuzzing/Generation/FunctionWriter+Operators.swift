import ProgramGenerator
import WebAssembly
import WebAssemblyValidation

extension FunctionWriter {
  /// The operators by what they give and what they take.
  private static let operators: [NumericSignature: [NumericOperator]] = Dictionary(
    grouping: NumericOperator.allCases, by: \.signature)

  /// The signatures by what they give, in a fixed order.
  private static let signatures: [ValueType: [NumericSignature]] = Dictionary(
    grouping: NumericOperator.allCases.map(\.signature).reduce(into: []) { known, signature in
      if !known.contains(signature) { known.append(signature) }
    }, by: \.result)

  /// An operator that gives a value of a type, and its operands. Those of integers are drawn more often, since their tokens are few.
  mutating func applyOperator(_ type: ValueType, depth: Int) {
    let all = Self.signatures[type] ?? []
    let own = all.filter { $0.operand == type }
    guard let signature = random.pick(random.isTrue(percent: 70) ? own : all),
      let numericOperator = random.pick(Self.operators[signature] ?? [])
    else { return emit(.zero(type)) }
    operands(of: numericOperator, depth: depth)
    emit(numericOperator)
  }

  private mutating func operands(of numericOperator: NumericOperator, depth: Int) {
    let signature = numericOperator.signature
    switch numericOperator {
    case .i32DivS, .i32DivU, .i32RemS, .i32RemU, .i64DivS, .i64DivU, .i64RemS, .i64RemU:
      value(signature.operand, depth: depth)
      divisor(signature.operand, depth: depth)
    case .i32TruncF32S, .i32TruncF32U, .i32TruncF64S, .i32TruncF64U, .i64TruncF32S, .i64TruncF32U, .i64TruncF64S,
      .i64TruncF64U:
      convertible(signature.operand, depth: depth)
    case .i32ReinterpretF32, .i64ReinterpretF64:
      exactValue(signature.operand, depth: depth)
    case .f32Copysign, .f64Copysign:
      value(signature.operand, depth: depth)
      exactValue(signature.operand, depth: depth)
    default:
      value(signature.operand, depth: depth)
      if signature.isBinary { value(signature.operand, depth: depth) }
    }
  }

  /// Any value in one of twelve cases, else one that is not zero.
  private mutating func divisor(_ type: ValueType, depth: Int) {
    value(type, depth: depth)
    if random.isOnce(in: 12) { return }
    switch type {
    case .i64: emit(.i64Const(Int64(random.number(in: 0...40)) << 1 | 1), .numeric(.i64Or))
    default: emit(.i32Const(Int32(random.number(in: 0...40)) << 1 | 1), .numeric(.i32Or))
    }
  }

  /// A float that an integer of each type can be made of; any in one of ten cases.
  private mutating func convertible(_ type: ValueType, depth: Int) {
    if random.isOnce(in: 10) { return value(type, depth: depth) }
    value(.i32, depth: depth)
    emit(.i32Const(Int32(random.pick([0xff, 0xffff, 0xff_ffff]) ?? 0)), .numeric(.i32And))
    emit(type == .f64 ? .f64ConvertI32U : .f32ConvertI32U)
    // The fraction is lost again.
    if type == .f64 {
      emit(.f64Const(bitPattern: Double(random.pick([1, 1.5, 0.3]) ?? 1).bitPattern), .numeric(.f64Mul))
    } else {
      emit(.f32Const(bitPattern: Float(random.pick([1, 1.5, 0.3]) ?? 1).bitPattern), .numeric(.f32Mul))
    }
  }
}
