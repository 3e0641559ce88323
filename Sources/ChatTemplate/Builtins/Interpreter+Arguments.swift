extension Interpreter {
  /// The text of an argument, or `absent` where it is not given.
  func string(_ value: Value?, or absent: String? = nil, _ what: String) throws(ChatTemplateError) -> String {
    switch value {
    case nil: if let absent { return absent }
    case .string(let text)?: return text
    default: break
    }
    throw invalid("expected text as \(what), found \(value?.typeName ?? "nothing")")
  }

  /// The integer of an argument, or `absent` where it is not given.
  func integer(_ value: Value?, or absent: Int? = nil, _ what: String) throws(ChatTemplateError) -> Int {
    guard let integer = value == nil ? absent : value?.index else {
      throw invalid("expected an integer as \(what), found \(value?.typeName ?? "nothing")")
    }
    return integer
  }

  /// The text of an argument that may also be `none`, which is as if it were not given.
  func optionalString(_ value: Value?, _ what: String) throws(ChatTemplateError) -> String? {
    if case nil = value { return nil }
    if case .none? = value { return nil }
    return try string(value, what)
  }

  /// `keyed` in ascending order of the keys, or descending; elements of equal keys stay in their order.
  /// - Complexity: O(n log n).
  func sorted<Element>(
    _ keyed: [(key: Value, element: Element)], isReversed: Bool
  ) throws(ChatTemplateError) -> [(key: Value, element: Element)] {
    guard keyed.count > 1 else { return keyed }
    let middle = keyed.count / 2
    let left = try sorted(Array(keyed[..<middle]), isReversed: isReversed)
    let right = try sorted(Array(keyed[middle...]), isReversed: isReversed)
    var merged: [(key: Value, element: Element)] = []
    merged.reserveCapacity(keyed.count)
    var (leftIndex, rightIndex) = (0, 0)
    while leftIndex < left.count, rightIndex < right.count {
      let (first, second) = (left[leftIndex].key, right[rightIndex].key)
      if try isReversed ? isLess(first, second) : isLess(second, first) {
        merged.append(right[rightIndex])
        rightIndex += 1
      } else {
        merged.append(left[leftIndex])
        leftIndex += 1
      }
    }
    return merged + left[leftIndex...] + right[rightIndex...]
  }

  /// `left < right`
  func isLess(_ left: Value, _ right: Value) throws(ChatTemplateError) -> Bool { try holds(.less, left, right) }
}
