import WebAssembly

/// The operations that the base profile lacks.
extension CodeEmitter {
  /// Replaces the operands on top of the stack by the operation's result.
  mutating func lower(_ operation: NumericOperator) {
    if lowerTruthValues(operation) || lowerConstant(operation) { return }
    switch operation {
    case .i32Mul: call(.multiply, popping: 2)
    case .i32DivU:
      call(.divide, popping: 2, pushing: 2)
      emit(.drop, popping: 1)
    case .i32RemU:
      // Selecting by 0 takes the upper of two operands: the remainder.
      call(.divide, popping: 2, pushing: 2)
      emit(.const(0), .select, popping: 2, pushing: 1)
    case .i32DivS: call(.divideSigned, popping: 2)
    case .i32RemS: call(.remainderSigned, popping: 2)
    case .i32And: call(.and, popping: 2)
    case .i32Or: call(.or, popping: 2)
    case .i32Xor: call(.exclusiveOr, popping: 2)
    case .i32Shl: call(.shiftLeft, popping: 2)
    case .i32ShrU: call(.shiftRight, popping: 2)
    case .i32ShrS: call(.shiftRightSigned, popping: 2)
    case .i32Rotl: call(.rotateLeft, popping: 2)
    case .i32Rotr:
      negateTop()
      call(.rotateLeft, popping: 2)
    case .i32Clz: call(.countLeadingZeros, popping: 1)
    case .i32Ctz: call(.countTrailingZeros, popping: 1)
    case .i32Popcnt: call(.countOnes, popping: 1)
    case .i32Extend8S: extend8()
    case .i32Extend16S: extend16()
    default: assertionFailure("\(operation.rawValue) is no operation to lower")
    }
  }

  /// Combines two operands that are 0 or 1, as comparisons are, by their sum.
  private mutating func lowerTruthValues(_ operation: NumericOperator) -> Bool {
    guard bound(0) <= 1, bound(1) <= 1 else { return false }
    switch operation {
    case .i32And: emit(.add, .const(2), .eq, popping: 2, pushing: 1, bound: 1)
    case .i32Or: emit(.add, .const(0), .ne, popping: 2, pushing: 1, bound: 1)
    case .i32Xor: emit(.ne, popping: 2, pushing: 1, bound: 1)
    default: return false
    }
    return true
  }

  /// Applies an operation with a constant right operand that has a form of its own.
  private mutating func lowerConstant(_ operation: NumericOperator) -> Bool {
    guard let constant = topConstant else { return false }
    let known = ConstantOperation(operation: operation, constant: constant)
    guard known.form != nil else { return false }
    removeTop()
    if operation == .i32And {
      let keepsAll = constant & (constant &+ 1) == 0 && bound(0) <= constant
      if !keepsAll { apply(known, bound: constant) }
    } else {
      apply(known)
    }
    return true
  }

  private mutating func call(_ subroutine: Subroutine, popping: Int, pushing: Int = 1) {
    emit(.call(.subroutine(subroutine)), popping: popping, pushing: pushing)
  }
}
