import WebAssembly

// The operand stack. Below the height at which the innermost construct opened it is out of reach; in unreachable code
// operands of unknown type come up instead, as many as are asked for.
extension FunctionValidator {
  /// Pushes an operand of `type`, `nil` if it is not determined.
  mutating func push(_ type: ValueType?) { operands.append(type) }

  /// Pushes operands of `types`, the last one topmost.
  mutating func push(_ types: [ValueType]) {
    operands.append(contentsOf: types.lazy.map(Optional.some))
  }

  /// Pops an operand of any type: `nil` if it is not determined.
  mutating func pop() throws(ValidationError) -> ValueType? {
    guard let operand = try popIfPresent() else {
      throw error(.typeMismatch, expected: "an operand for \(operation.name) instead of an empty stack")
    }
    return operand
  }

  /// Pops an operand that must be of `type`.
  mutating func pop(_ type: ValueType) throws(ValidationError) {
    guard let operand = try popIfPresent() else { throw mismatch(type, instead: nil) }
    guard operand == nil || operand == type else { throw mismatch(type, instead: operand) }
  }

  /// Pops operands that must be of `types`, the last one topmost.
  ///
  /// A file can ask for a thousand with two bytes: they are compared in place, and those that unreachable code makes up
  /// are not looked at.
  mutating func pop(_ types: [ValueType]) throws(ValidationError) {
    guard let innermost = frames.indices.last, !types.isEmpty else { return }
    let presentCount = min(types.count, operands.count - frames[innermost].height)
    let missingCount = types.count - presentCount
    let first = operands.count - types.count
    for position in (missingCount..<types.count).reversed() {
      let operand = operands[first + position]
      guard operand == nil || operand == types[position] else { throw mismatch(types[position], instead: operand) }
    }
    guard missingCount == 0 || frames[innermost].isUnreachable else {
      throw mismatch(types[missingCount - 1], instead: nil)
    }
    operands.removeLast(presentCount)
  }

  private func mismatch(_ type: ValueType, instead operand: ValueType?) -> ValidationError {
    let found = operand?.rawValue ?? "an empty stack"
    return error(.typeMismatch, expected: "\(type.rawValue) for \(operation.name) instead of \(found)")
  }

  /// Pops an operand, of unknown type (`.some(nil)`) if code is unreachable and the construct has none left. `nil` if
  /// there is none.
  private mutating func popIfPresent() throws(ValidationError) -> ValueType?? {
    guard let innermost = frames.indices.last else { return nil }
    if operands.count > frames[innermost].height { return .some(operands.removeLast()) }
    return frames[innermost].isUnreachable ? .some(nil) : nil
  }

  /// Marks the rest of the innermost construct as unreachable, and forgets the construct's operands.
  mutating func setUnreachable() {
    guard let innermost = frames.indices.last else { return }
    operands.removeLast(operands.count - frames[innermost].height)
    frames[innermost].isUnreachable = true
  }
}
