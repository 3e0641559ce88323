import WebAssembly

// The operand stack. Below the height at which the innermost construct opened it is out of reach; in unreachable code
// operands of unknown type come up instead, as many as are asked for.
extension FunctionValidator {
  /// Pushes an operand of `type`, `nil` if it is not determined.
  mutating func push(_ type: ValueType?) { operands.append(type) }

  /// Pushes operands of `types`, the last one topmost.
  mutating func push(_ types: [ValueType]) {
    for type in types { operands.append(type) }
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
    guard let operand = try popIfPresent() else {
      throw error(.typeMismatch, expected: "\(type.rawValue) for \(operation.name) instead of an empty stack")
    }
    if let operand, operand != type {
      throw error(.typeMismatch, expected: "\(type.rawValue) for \(operation.name) instead of \(operand.rawValue)")
    }
  }

  /// Pops operands that must be of `types`, the last one topmost.
  mutating func pop(_ types: [ValueType]) throws(ValidationError) {
    for type in types.reversed() { try pop(type) }
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
