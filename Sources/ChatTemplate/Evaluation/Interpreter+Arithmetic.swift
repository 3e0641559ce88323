import Foundation

extension Interpreter {
  /// `left operation right`, as Python computes it, but for integers outside 64 bits, which are refused.
  func compute(
    _ operation: Expression.Arithmetic, _ left: Value, _ right: Value
  ) throws(ChatTemplateError) -> Value {
    if case .undefined(let what) = left { throw error(.undefined, what) }
    if operation == .modulo, case .string(let format) = left { return .string(try printf(format, right)) }
    if case .undefined(let what) = right { throw error(.undefined, what) }
    switch (operation, left, right) {
    case (.add, .string(let first), .string(let second)):
      try spend(bytes: first.utf8.count + second.utf8.count)
      return .string(first + second)
    case (.add, .markup(let first), .markup(let second)): return try joinedMarkup(first, second)
    case (.add, .markup(let first), .string(let second)): return try joinedMarkup(first, escaped(second))
    case (.add, .string(let first), .markup(let second)): return try joinedMarkup(escaped(first), second)
    case (.add, .list(let first), .list(let second)): return .list(try makeList(first.elements + second.elements))
    case (.add, .tuple(let first), .tuple(let second)): return .tuple(try makeList(first.elements + second.elements))
    case (.multiply, .markup(let text), _) where right.index != nil:
      return .markup(try self.text(of: repeated(text, right.index ?? 0)))
    case (.multiply, _, .markup(let text)) where left.index != nil:
      return .markup(try self.text(of: repeated(text, left.index ?? 0)))
    case (.multiply, .string(let text), _) where right.index != nil: return try repeated(text, right.index ?? 0)
    case (.multiply, _, .string(let text)) where left.index != nil: return try repeated(text, left.index ?? 0)
    case (.multiply, .list(let list), _) where right.index != nil:
      return .list(try repeated(list, right.index ?? 0))
    case (.multiply, _, .list(let list)) where left.index != nil: return .list(try repeated(list, left.index ?? 0))
    case (.multiply, .tuple(let list), _) where right.index != nil:
      return .tuple(try repeated(list, right.index ?? 0))
    case (.multiply, _, .tuple(let list)) where left.index != nil: return .tuple(try repeated(list, left.index ?? 0))
    default: return try computeNumber(operation, left, right)
    }
  }

  private func computeNumber(
    _ operation: Expression.Arithmetic, _ left: Value, _ right: Value
  ) throws(ChatTemplateError) -> Value {
    if let first = left.index, let second = right.index, operation != .divide {
      return try computeInteger(operation, first, second)
    }
    if case .largeInteger = left { throw tooLarge() }
    if case .largeInteger = right { throw tooLarge() }
    guard let first = left.double, let second = right.double else {
      throw invalid(
        "expected numbers or text for '\(operation.rawValue)', found \(left.typeName) and \(right.typeName)")
    }
    return try computeFloat(operation, first, second)
  }

  private func tooLarge() -> ChatTemplateError { invalid("expected an integer that fits in 64 bits") }

  private func divisionByZero() -> ChatTemplateError { invalid("expected a divisor other than 0") }

  private func computeInteger(
    _ operation: Expression.Arithmetic, _ left: Int, _ right: Int
  ) throws(ChatTemplateError) -> Value {
    let result: (partialValue: Int, overflow: Bool)
    switch operation {
    case .add: result = left.addingReportingOverflow(right)
    case .subtract: result = left.subtractingReportingOverflow(right)
    case .multiply: result = left.multipliedReportingOverflow(by: right)
    case .floorDivide, .modulo:
      guard right != 0 else { throw divisionByZero() }
      let (quotient, overflow) = left.dividedReportingOverflow(by: right)
      if overflow {
        // The least integer by -1.
        result = (0, operation == .floorDivide)
      } else {
        let remainder = left - quotient * right
        let isBelow = remainder != 0 && (remainder < 0) != (right < 0)
        result = (
          operation == .modulo ? (isBelow ? remainder + right : remainder) : quotient - (isBelow ? 1 : 0), false
        )
      }
    case .power: return try power(left, right)
    case .divide: return try computeFloat(.divide, Double(left), Double(right))
    }
    if result.overflow { throw tooLarge() }
    return .integer(result.partialValue)
  }

  private func power(_ base: Int, _ exponent: Int) throws(ChatTemplateError) -> Value {
    if exponent < 0 { return try computeFloat(.power, Double(base), Double(exponent)) }
    if base == 0 || base == 1 { return .integer(exponent == 0 ? 1 : base) }
    if base == -1 { return .integer(exponent.isMultiple(of: 2) ? 1 : -1) }
    var result = 1
    // Any other base passes 64 bits before exponent 64.
    for _ in 0..<min(exponent, 64) {
      let (product, overflow) = result.multipliedReportingOverflow(by: base)
      if overflow { throw tooLarge() }
      result = product
    }
    return .integer(result)
  }

  private func computeFloat(
    _ operation: Expression.Arithmetic, _ left: Double, _ right: Double
  ) throws(ChatTemplateError) -> Value {
    switch operation {
    case .add: return .float(left + right)
    case .subtract: return .float(left - right)
    case .multiply: return .float(left * right)
    case .divide:
      guard right != 0 else { throw divisionByZero() }
      return .float(left / right)
    case .floorDivide, .modulo:
      guard right != 0 else { throw divisionByZero() }
      let (quotient, remainder) = divideFloored(left, right)
      return .float(operation == .modulo ? remainder : quotient)
    case .power:
      let result = pow(left, right)
      guard !result.isNaN || left.isNaN || right.isNaN, !result.isInfinite || left.isInfinite || right.isInfinite else {
        throw invalid("expected a power that is a real number and not too large")
      }
      return .float(result)
    }
  }

  /// The whole quotient and the remainder, which has the divisor's sign, of the exact division rather than of its rounded result.
  private func divideFloored(_ left: Double, _ right: Double) -> (quotient: Double, remainder: Double) {
    var remainder = left.truncatingRemainder(dividingBy: right)
    var quotient = (left - remainder) / right
    if remainder == 0 {
      remainder = Double(signOf: right, magnitudeOf: 0)
    } else if (remainder < 0) != (right < 0) {
      remainder += right
      quotient -= 1
    }
    return (quotient == 0 ? Double(signOf: left / right, magnitudeOf: 0) : quotient.rounded(), remainder)
  }

  private func repeated(_ text: String, _ count: Int) throws(ChatTemplateError) -> Value {
    let count = max(count, 0)
    try spend(bytes: text.utf8.count.multipliedReportingOverflow(by: count).overflow ? .max : text.utf8.count * count)
    return .string(text.repeated(count))
  }

  private func repeated(_ list: List, _ count: Int) throws(ChatTemplateError) -> List {
    let count = list.elements.isEmpty ? 0 : max(count, 0)
    let (total, overflow) = list.elements.count.multipliedReportingOverflow(by: count * MemoryLayout<Value>.stride)
    try spend(bytes: overflow || count > 1 << 40 ? .max : total)
    return List(Array(repeatElement(list.elements, count: count).joined()), depth: list.depth)
  }

  /// `-value`
  func negate(_ value: Value) throws(ChatTemplateError) -> Value {
    switch value {
    case .undefined(let what): throw error(.undefined, what)
    case .largeInteger(let digits):
      return .largeInteger(digits.hasPrefix("-") ? String(digits.dropFirst()) : "-" + digits)
    case .float(let float): return .float(-float)
    default:
      guard let integer = value.index else { throw invalid("expected a number behind '-', found \(value.typeName)") }
      guard integer != .min else { throw tooLarge() }
      return .integer(-integer)
    }
  }

  /// `+value`
  func positive(_ value: Value) throws(ChatTemplateError) -> Value {
    switch value {
    case .undefined(let what): throw error(.undefined, what)
    case .largeInteger, .float: return value
    default:
      guard let integer = value.index else { throw invalid("expected a number behind '+', found \(value.typeName)") }
      return .integer(integer)
    }
  }
}
