extension Interpreter {
  static func sequenceFilter(_ name: String) -> FilterFunction? {
    switch name {
    case "length", "count": { (run, value, _) throws(ChatTemplateError) in .integer(try run.length(of: value)) }
    case "first": { (run, value, _) throws(ChatTemplateError) in try run.first(of: value) }
    case "last": { (run, value, _) throws(ChatTemplateError) in try run.last(of: value) }
    case "list": { (run, value, _) throws(ChatTemplateError) in .list(try run.makeList(run.elements(of: value))) }
    case "items": { (run, value, _) throws(ChatTemplateError) in try run.members(of: value) }
    case "join": { (run, value, arguments) throws(ChatTemplateError) in try run.joined(value, arguments) }
    case "reverse": { (run, value, _) throws(ChatTemplateError) in try run.reversed(value) }
    case "sort": { (run, value, arguments) throws(ChatTemplateError) in try run.sorted(value, arguments) }
    case "dictsort": { (run, value, arguments) throws(ChatTemplateError) in try run.sortedMembers(value, arguments) }
    case "unique": { (run, value, arguments) throws(ChatTemplateError) in try run.unique(value, arguments) }
    case "min": { (run, value, arguments) throws(ChatTemplateError) in try run.extreme(value, arguments, "min") }
    case "max": { (run, value, arguments) throws(ChatTemplateError) in try run.extreme(value, arguments, "max") }
    case "sum": { (run, value, arguments) throws(ChatTemplateError) in try run.sum(value, arguments) }
    case "batch": { (run, value, arguments) throws(ChatTemplateError) in try run.batched(value, arguments) }
    case "slice": { (run, value, arguments) throws(ChatTemplateError) in try run.columns(value, arguments) }
    default: nil
    }
  }

  /// The number of elements, characters or members.
  func length(of value: Value) throws(ChatTemplateError) -> Int {
    switch value {
    case .undefined: return 0
    case .string(let text):
      try spend(steps: text.utf8.count / 16)
      return text.scalarCount
    case .list(let list), .tuple(let list): return list.elements.count
    case .dictionary(let mapping): return mapping.count
    case .view(let view): return view.list.elements.count
    case .loop(let loop): return loop.items.elements.count
    default: throw invalid("expected something that has a length, found \(value.typeName)")
    }
  }

  private func first(of value: Value) throws(ChatTemplateError) -> Value {
    switch value {
    case .list(let list), .tuple(let list): return list.elements.first ?? .undefined("there is no first element")
    case .dictionary(let mapping): return mapping.keys.first ?? .undefined("there is no first element")
    case .generator(let generator): return generator.next() ?? .undefined("there is no first element")
    case .string(let text):
      return text.unicodeScalars.first.map { .string(String($0)) } ?? .undefined("there is no first element")
    default: return try elements(of: value).first ?? .undefined("there is no first element")
    }
  }

  private func last(of value: Value) throws(ChatTemplateError) -> Value {
    switch value {
    case .list(let list), .tuple(let list): return list.elements.last ?? .undefined("there is no last element")
    case .dictionary(let mapping): return mapping.keys.last ?? .undefined("there is no last element")
    case .generator: throw invalid("expected a sequence that has a last element, found \(value.typeName)")
    case .string(let text):
      return text.unicodeScalars.last.map { .string(String($0)) } ?? .undefined("there is no last element")
    default: return try elements(of: value).last ?? .undefined("there is no last element")
    }
  }

  private func members(of value: Value) throws(ChatTemplateError) -> Value {
    if value.isUndefined { return .generator(Generator(List([]))) }
    guard case .dictionary(let mapping) = value else {
      throw invalid("expected a dictionary for 'items', found \(value.typeName)")
    }
    return .generator(Generator(try makeMembers(mapping)))
  }

  /// The members of a dictionary as tuples of key and value.
  func makeMembers(_ mapping: Mapping) throws(ChatTemplateError) -> List {
    try spend(bytes: mapping.count * 4 * MemoryLayout<Value>.stride)
    return try makeList(zip(mapping.keys, mapping.values).map { .tuple(List([$0, $1])) })
  }

  private func joined(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["d", "attribute"], of: "join")
    let separator = try text(of: bound[0] ?? .string(""))
    let path = try attributePath(bound[1])
    var text = ""
    for (index, element) in try elements(of: value).enumerated() {
      if index > 0 {
        try spend(bytes: separator.utf8.count)
        text += separator
      }
      let part = try self.text(of: member(at: path, of: element))
      try spend(bytes: part.utf8.count)
      text += part
    }
    return .string(text)
  }

  private func reversed(_ value: Value) throws(ChatTemplateError) -> Value {
    if case .string(let text) = value {
      try spend(bytes: text.utf8.count)
      var view = String.UnicodeScalarView()
      view.append(contentsOf: text.unicodeScalars.reversed())
      return .string(String(view))
    }
    return .generator(Generator(try makeList(elements(of: value).reversed())))
  }

  private func sorted(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["reverse", "case_sensitive", "attribute"], of: "sort")
    let isCaseSensitive = bound[1]?.isTrue ?? false
    var paths: [[Value]] = []
    if case .string(let names)? = bound[2] {
      for name in names.split(separator: ",", omittingEmptySubsequences: false) {
        paths.append(try attributePath(.string(String(name))))
      }
    } else {
      paths = [try attributePath(bound[2])]
    }
    var keyed: [(key: Value, element: Value)] = []
    for element in try elements(of: value) {
      var keys: [Value] = []
      for path in paths { keys.append(try caseKey(member(at: path, of: element), isCaseSensitive)) }
      keyed.append((.list(try makeList(keys)), element))
    }
    return .list(try makeList(sorted(keyed, isReversed: bound[0]?.isTrue ?? false).map(\.element)))
  }

  private func sortedMembers(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["case_sensitive", "by", "reverse"], of: "dictsort")
    guard case .dictionary(let mapping) = value else {
      throw invalid("expected a dictionary for 'dictsort', found \(value.typeName)")
    }
    let by = try string(bound[1], or: "key", "what 'dictsort' sorts by")
    guard by == "key" || by == "value" else {
      throw invalid("expected 'dictsort' to sort by 'key' or 'value', found '\(by)'")
    }
    let isCaseSensitive = bound[0]?.isTrue ?? false
    let keys = by == "key" ? mapping.keys : mapping.values
    var keyed: [(key: Value, element: Value)] = []
    for (key, member) in zip(keys, try makeMembers(mapping).elements) {
      keyed.append((try caseKey(key, isCaseSensitive), member))
    }
    return .list(try makeList(sorted(keyed, isReversed: bound[2]?.isTrue ?? false).map(\.element)))
  }

  private func unique(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["case_sensitive", "attribute"], of: "unique")
    let path = try attributePath(bound[1])
    var seen = Mapping()
    var elements: [Value] = []
    for element in try self.elements(of: value) {
      let count = seen.count
      try set(caseKey(member(at: path, of: element), bound[0]?.isTrue ?? false), to: .none, in: &seen)
      if seen.count > count { elements.append(element) }
    }
    return .generator(Generator(try makeList(elements)))
  }

  private func extreme(_ value: Value, _ arguments: CallArguments, _ name: String) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["case_sensitive", "attribute"], of: name)
    let path = try attributePath(bound[1])
    var best: (key: Value, element: Value)?
    for element in try elements(of: value) {
      let key = try caseKey(member(at: path, of: element), bound[0]?.isTrue ?? false)
      if let current = best, !(try name == "min" ? isLess(key, current.key) : isLess(current.key, key)) { continue }
      best = (key, element)
    }
    return best?.element ?? .undefined("there is no element to choose from")
  }

  private func sum(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["attribute", "start"], of: "sum")
    let path = try attributePath(bound[0])
    var sum = bound[1] ?? .integer(0)
    for element in try elements(of: value) { sum = try compute(.add, sum, member(at: path, of: element)) }
    return sum
  }

  private func batched(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["linecount", "fill_with"], of: "batch")
    let size = try integer(bound[0], "the size of a batch")
    guard size > 0 else { throw invalid("expected batches of at least one element, found \(size)") }
    let elements = try self.elements(of: value)
    var batches: [Value] = []
    for start in stride(from: 0, to: elements.count, by: size) {
      var batch = Array(elements[start..<min(start + size, elements.count)])
      if let fill = try fill(bound[1]), batch.count < size {
        try spend(
          bytes: (size - batch.count).multipliedReportingOverflow(by: 64).overflow ? .max : (size - batch.count) * 64)
        batch += repeatElement(fill, count: size - batch.count)
      }
      batches.append(.list(try makeList(batch)))
    }
    return .generator(Generator(try makeList(batches)))
  }

  private func columns(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let bound = try bind(arguments, to: ["slices", "fill_with"], of: "slice")
    let count = try integer(bound[0], "the number of slices")
    guard count > 0 else { throw invalid("expected at least one slice, found \(count)") }
    try spend(bytes: count.multipliedReportingOverflow(by: 64).overflow ? .max : count * 64)
    let elements = try self.elements(of: value)
    var columns: [Value] = []
    var start = 0
    for column in 0..<count {
      let isLonger = column < elements.count % count
      let end = start + elements.count / count + (isLonger ? 1 : 0)
      var slice = Array(elements[start..<end])
      if let fill = try fill(bound[1]), !isLonger { slice.append(fill) }
      columns.append(.list(try makeList(slice)))
      start = end
    }
    return .generator(Generator(try makeList(columns)))
  }

  private func fill(_ value: Value?) throws(ChatTemplateError) -> Value? {
    if case .none? = value { return nil }
    return value
  }
}
