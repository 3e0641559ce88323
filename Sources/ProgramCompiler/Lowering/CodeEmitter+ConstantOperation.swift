import WebAssembly

/// Operations whose right operand is known.
extension CodeEmitter {
  /// How many items an operation may take in place; a longer one becomes a subroutine of its own.
  private static var inlineLimit: Int { 12 }

  /// Applies an operation that has a form to the top operand, in place or by a call.
  ///
  /// - Parameter bound: what the result is known not to exceed.
  mutating func apply(_ operation: ConstantOperation, bound: UInt32 = .max) {
    let subroutine = Subroutine.constant(operation)
    if subroutine.block(addresses).items.count > Self.inlineLimit {
      emit(.call(.subroutine(subroutine)), popping: 1, pushing: 1, bound: bound)
    } else if let form = operation.form {
      applyInPlace(form)
      boundTop(by: bound)
    }
  }

  /// Replaces the top operand x by x op constant.
  mutating func applyInPlace(_ form: ConstantOperation.Form) {
    switch form {
    case .multiply(let factor): multiply(by: factor)
    case .shiftLeft(let count): shiftLeft(by: count)
    case .shiftRight(let count): shiftRight(by: count)
    case .shiftRightSigned(let count): shiftRightSigned(by: count)
    case .divideSigned(let exponent):
      applyMirrored(around: 0, ConstantOperation(operation: .i32ShrU, constant: exponent))
    case .remainderSigned(let exponent):
      applyMirrored(around: 0, ConstantOperation(operation: .i32RemU, constant: 1 << exponent))
    case .complement: complementTop()
    case .mask(let mask): keep(mask)
    case .or(let mask, let constant): addMissingBits(of: constant, mask, common: 1)
    case .exclusiveOr(let mask, let constant): addMissingBits(of: constant, mask, common: 2)
    }
  }

  /// x + c − k · (x and c): with k = 1 x or c, with k = 2 x xor c.
  private mutating func addMissingBits(of constant: UInt32, _ mask: Mask, common factor: UInt32) {
    let operand = popToLocal(scratch: 1)
    emit(.get(operand), .const(constant), .add, pushing: 1)
    emit(.get(operand), pushing: 1)
    keep(mask)
    multiply(by: factor)
    emit(.sub, popping: 2, pushing: 1)
  }

  /// Applies `operation` to a top operand x ≥ 0; of an x < 0 takes the mirror image: base − operation(base − x).
  ///
  /// Around 0 this makes a signed division of an unsigned one, around −1 an arithmetic shift of a logical one.
  mutating func applyMirrored(around base: UInt32, _ operation: ConstantOperation) {
    let operand = popToLocal(scratch: 1)
    let isNegative = newLabel()
    let done = newLabel()
    let depthBelow = depth
    emit(.get(operand), .const(0), .ltS, pushing: 1)
    emitControl(.branchIf(isNegative), popping: 1)
    emit(.get(operand), pushing: 1)
    apply(operation)
    emitControl(.branch(done))
    setDepth(depthBelow, intact: depthBelow)
    emitControl(.label(isNegative))
    emit(.const(base), pushing: 1)
    emit(.const(base), .get(operand), .sub, pushing: 1)
    apply(operation)
    emit(.sub, popping: 2, pushing: 1)
    emitControl(.label(done))
  }
}
