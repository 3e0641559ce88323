extension Interpreter {
  static func selectingFilter(_ name: String) -> FilterFunction? {
    switch name {
    case "map": { (run, value, arguments) throws(ChatTemplateError) in try run.mapped(value, arguments) }
    case "select", "reject":
      { (run, value, arguments) throws(ChatTemplateError) in
        try run.selected(value, arguments, byAttribute: false, keeps: name == "select")
      }
    case "selectattr", "rejectattr":
      { (run, value, arguments) throws(ChatTemplateError) in
        try run.selected(value, arguments, byAttribute: true, keeps: name == "selectattr")
      }
    case "groupby": { (run, value, arguments) throws(ChatTemplateError) in try run.grouped(value, arguments) }
    default: nil
    }
  }

  private func mapped(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    // Python's filter does not look at what it is asked to do for a value that is false, whatever its type.
    guard value.isTrue else { return .generator(Generator(List([]))) }
    var arguments = arguments
    var results: [Value] = []
    if arguments.positional.isEmpty, let attribute = arguments.take("attribute") {
      let path = try attributePath(attribute)
      let absent = arguments.take("default")
      if let other = arguments.named.first { throw invalid("'map' has no argument '\(other.name)'") }
      for element in try elements(of: value) { results.append(try member(at: path, of: element, or: absent)) }
    } else {
      guard let name = arguments.positional.first else { throw invalid("expected the name of a filter for 'map'") }
      let filter = try string(name, "the name of a filter")
      arguments.positional.removeFirst()
      for element in try elements(of: value) { results.append(try apply(filter, to: element, arguments)) }
    }
    return .generator(Generator(try makeList(results)))
  }

  /// The elements for which a test holds, or does not: of themselves or of an attribute, and without a test their truth.
  private func selected(
    _ value: Value, _ arguments: CallArguments, byAttribute: Bool, keeps: Bool
  ) throws(ChatTemplateError) -> Value {
    guard value.isTrue else { return .generator(Generator(List([]))) }
    var arguments = arguments
    var path: [Value] = []
    if byAttribute {
      guard let attribute = arguments.positional.first else {
        throw invalid("expected the name of an attribute to select by")
      }
      path = try attributePath(attribute)
      arguments.positional.removeFirst()
    }
    var name: String?
    if let first = arguments.positional.first {
      name = try string(first, "the name of a test")
      arguments.positional.removeFirst()
    }
    var elements: [Value] = []
    for element in try self.elements(of: value) {
      try spend()
      let tested = try member(at: path, of: element)
      let holds = try name.map { (name) throws(ChatTemplateError) in try self.test(name, tested, arguments) }
      if holds ?? tested.isTrue == keeps { elements.append(element) }
    }
    return .generator(Generator(try makeList(elements)))
  }

  /// Pairs of a key and the elements that have it, in the order of the keys.
  private func grouped(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["attribute", "default", "case_sensitive"], of: "groupby")
    let path = try attributePath(bound[0])
    let isCaseSensitive = bound[2]?.isTrue ?? false
    var keyed: [(key: Value, element: (Value, Value))] = []
    for element in try elements(of: value) {
      let key = try member(at: path, of: element, or: bound[1])
      keyed.append((try caseKey(key, isCaseSensitive), (key, element)))
    }
    var groups: [(key: Value, name: Value, elements: [Value])] = []
    for (key, (name, element)) in try sorted(keyed, isReversed: false) {
      if let last = groups.last, try areEqual(last.key, key) {
        groups[groups.count - 1].elements.append(element)
      } else {
        groups.append((key, name, [element]))
      }
    }
    var pairs: [Value] = []
    for group in groups {
      var pair = try makeList([group.name, .list(try makeList(group.elements))])
      pair.isGroup = true
      pairs.append(.tuple(pair))
    }
    return .list(try makeList(pairs))
  }

  /// The parts of an attribute such as `"function.name"` or `"parts.0"`; empty for the value itself.
  func attributePath(_ attribute: Value?) throws(ChatTemplateError) -> [Value] {
    switch attribute {
    case nil, .none?: return []
    case .string(let text)?:
      return text.split(separator: ".", omittingEmptySubsequences: false).map { part in
        part.allSatisfy { $0.isASCII && $0.isNumber }
          ? Int(part).map(Value.integer) ?? .string(String(part)) : .string(String(part))
      }
    case let index?: return [index]
    }
  }

  /// The member at the end of a path; `absent`, where given, stands for each member that does not exist.
  func member(at path: [Value], of value: Value, or absent: Value? = nil) throws(ChatTemplateError) -> Value {
    var member = value
    for part in path {
      try spend()
      member = try item(part, of: member)
      if let absent, member.isUndefined { member = absent }
    }
    return member
  }

  /// What is compared in place of a value: text in lower case, unless case counts.
  func caseKey(_ value: Value, _ isCaseSensitive: Bool) throws(ChatTemplateError) -> Value {
    guard !isCaseSensitive, case .string(let text) = value.withoutMark else { return value }
    try spend(bytes: text.utf8.count)
    return .string(text.lowerCased)
  }
}
