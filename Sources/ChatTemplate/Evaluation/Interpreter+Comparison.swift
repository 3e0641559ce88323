extension Interpreter {
  /// Whether `left comparison right` holds.
  func holds(
    _ comparison: Expression.Comparison, _ left: Value, _ right: Value
  ) throws(ChatTemplateError) -> Bool {
    switch comparison {
    case .equal: try areEqual(left, right)
    case .notEqual: !(try areEqual(left, right))
    case .less: try isOrdered(left, right, "<") { $0 < 0 }
    case .lessOrEqual: try isOrdered(left, right, "<=") { $0 <= 0 }
    case .greater: try isOrdered(left, right, ">") { $0 > 0 }
    case .greaterOrEqual: try isOrdered(left, right, ">=") { $0 >= 0 }
    case .in: try contains(right, left)
    case .notIn: !(try contains(right, left))
    }
  }

  /// `left == right`
  func areEqual(_ left: Value, _ right: Value) throws(ChatTemplateError) -> Bool {
    try spend()
    try checkStack()
    switch (left.withoutMark, right.withoutMark) {
    case (.undefined, .undefined), (.none, .none): return true
    case (.string(let first), .string(let second)):
      try spend(steps: min(first.utf8.count, second.utf8.count) / 16)
      return first.hasSameScalars(as: second)
    case (.list(let first), .list(let second)), (.tuple(let first), .tuple(let second)):
      return try areEqual(first.elements, second.elements)
    case (.dictionary(let first), .dictionary(let second)): return try areEqual(first, second)
    case (.view(let first), .view(let second)):
      guard first.kind == second.kind, first.kind != .values else { return false }
      return try areEqual(first.list.elements, second.list.elements)
    case (.namespace(let first), .namespace(let second)): return first === second
    case (.generator(let first), .generator(let second)): return first === second
    case (.loop(let first), .loop(let second)): return first === second
    case (.callable(.macro(let first)), .callable(.macro(let second))): return first === second
    case (.callable(.global(let first)), .callable(.global(let second))): return first == second
    case (.callable(.cycler(let first)), .callable(.cycler(let second))): return first === second
    case (.callable(.joiner(let first)), .callable(.joiner(let second))): return first === second
    default: return left.numberOrder(right) == 0
    }
  }

  private func areEqual(_ left: [Value], _ right: [Value]) throws(ChatTemplateError) -> Bool {
    guard left.count == right.count else { return false }
    for (first, second) in zip(left, right) where !(try areEqual(first, second)) { return false }
    return true
  }

  private func areEqual(_ left: Mapping, _ right: Mapping) throws(ChatTemplateError) -> Bool {
    guard left.count == right.count else { return false }
    for (key, value) in zip(left.keys, left.values) {
      try spend(lookUpOf: key)
      guard let hashed = Mapping.Key(key), let other = right[hashed], try areEqual(value, other) else { return false }
    }
    return true
  }

  private func isOrdered(
    _ left: Value, _ right: Value, _ sign: String, _ accepts: (Int) -> Bool
  ) throws(ChatTemplateError) -> Bool {
    guard let order = try order(left, right) else {
      if case .undefined(let what) = left { throw error(.undefined, what) }
      if case .undefined(let what) = right { throw error(.undefined, what) }
      if left.double != nil, right.double != nil { return false }
      throw invalid("expected values that '\(sign)' can compare, found \(left.typeName) and \(right.typeName)")
    }
    return accepts(order)
  }

  /// Negative, 0 or positive as `left` is less than, equal to or greater than `right`; nil where they have no order.
  func order(_ left: Value, _ right: Value) throws(ChatTemplateError) -> Int? {
    try spend()
    try checkStack()
    switch (left.withoutMark, right.withoutMark) {
    case (.string(let first), .string(let second)):
      try spend(steps: min(first.utf8.count, second.utf8.count) / 16)
      if first.hasSameScalars(as: second) { return 0 }
      return first.utf8.lexicographicallyPrecedes(second.utf8) ? -1 : 1
    case (.list(let first), .list(let second)), (.tuple(let first), .tuple(let second)):
      for (one, other) in zip(first.elements, second.elements) where !(try areEqual(one, other)) {
        return try order(one, other)
      }
      return first.elements.count - second.elements.count
    default: return left.numberOrder(right)
    }
  }

  /// `element in container`
  func contains(_ container: Value, _ element: Value) throws(ChatTemplateError) -> Bool {
    switch container.withoutMark {
    case .string(let text):
      guard case .string(let part) = element.withoutMark else {
        throw invalid("expected text in front of 'in' and text behind it, found \(element.typeName)")
      }
      try spend(steps: text.utf8.count / 16)
      return text.range(ofScalars: part) != nil
    case .dictionary(let mapping):
      try spend(lookUpOf: element)
      guard let key = Mapping.Key(element) else {
        throw invalid("expected a string or number as a key, found \(element.typeName)")
      }
      return mapping[key] != nil
    case .generator(let generator):
      while let candidate = generator.next() {
        if try areEqual(candidate, element) { return true }
      }
      return false
    default:
      for candidate in try elements(of: container) where try areEqual(candidate, element) { return true }
      return false
    }
  }
}
