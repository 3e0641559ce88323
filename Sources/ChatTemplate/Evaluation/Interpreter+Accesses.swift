extension Interpreter {
  /// The value of `base` with all of `accesses` behind it.
  func evaluate(
    _ base: Expression, _ accesses: ArraySlice<Access>, in scope: Scope
  ) throws(ChatTemplateError) -> Value {
    var value = try evaluate(base, in: scope)
    for access in accesses {
      try spend()
      value = try evaluate(access, of: value, in: scope)
    }
    return value
  }

  private func evaluate(_ access: Access, of value: Value, in scope: Scope) throws(ChatTemplateError) -> Value {
    switch access {
    case .attribute(let name, let accessLine):
      line = accessLine
      return try attribute(name, of: value)
    case .item(let index, let accessLine):
      let key = try evaluate(index, in: scope)
      line = accessLine
      return try item(key, of: value)
    case .slice(let start, let stop, let step, let accessLine):
      let bounds = try evaluateBounds([start, stop, step], in: scope)
      line = accessLine
      return try slice(value, bounds)
    case .call(let arguments, let accessLine):
      let arguments = try evaluate(arguments, in: scope)
      line = accessLine
      return try call(value, arguments)
    case .filter(let filter): return try apply(filter, to: value, in: scope)
    case .test(let name, let arguments, let isNegated, let accessLine):
      let arguments = try evaluate(arguments, in: scope)
      line = accessLine
      return .bool(try test(name, value, arguments) != isNegated)
    }
  }

  /// Applies a filter of the template to `value`.
  func apply(_ filter: Filter, to value: Value, in scope: Scope) throws(ChatTemplateError) -> Value {
    let arguments = try evaluate(filter.arguments, in: scope)
    line = filter.line
    return try apply(filter.name, to: value, arguments)
  }

  private func evaluateBounds(_ bounds: [Expression?], in scope: Scope) throws(ChatTemplateError) -> [Int?] {
    var values: [Int?] = []
    for bound in bounds {
      let value = try bound.map { (bound) throws(ChatTemplateError) in try self.evaluate(bound, in: scope) } ?? .none
      if case .none = value {
        values.append(nil)
      } else if let index = value.index {
        values.append(index)
      } else {
        throw invalid("expected integers as the bounds of a slice, found \(value.typeName)")
      }
    }
    return values
  }

  /// `value.name`: a method, else a member under that key.
  func attribute(_ name: String, of value: Value) throws(ChatTemplateError) -> Value {
    if case .undefined(let what) = value { throw error(.undefined, what) }
    if case .markup = value { throw markupUse("'.\(name)'") }
    if let found = ownAttribute(name, of: value) { return found }
    if case .dictionary(let mapping) = value, let member = mapping[name] { return member }
    return .undefined("'\(value.typeName)' has no attribute '\(name)'")
  }

  /// `value[key]`: a member under that key, else an attribute of that name.
  func item(_ key: Value, of value: Value) throws(ChatTemplateError) -> Value {
    let key = key.withoutMark
    switch value {
    case .undefined(let what): throw error(.undefined, what)
    case .markup: throw markupUse("'[…]'")
    case .dictionary(let mapping):
      try spend(lookUpOf: key)
      if let hashed = Mapping.Key(key), let member = mapping[hashed] { return member }
    case .list(let list), .tuple(let list):
      if let index = key.index, let position = Self.position(index, in: list.elements.count) {
        return list.elements[position]
      }
    case .string(let text):
      if let index = key.index {
        try spend(steps: text.utf8.count / 16)
        let count = text.scalarCount
        if let position = Self.position(index, in: count) {
          return .string(text.scalar(at: position, count: count))
        }
      }
    default: break
    }
    if case .string(let name) = key, let found = ownAttribute(name, of: value) { return found }
    return .undefined("'\(value.typeName)' has no element \(try name(ofKey: key))")
  }

  /// A key as messages name it; most are never read, so long texts are not looked at.
  private func name(ofKey key: Value) throws(ChatTemplateError) -> String {
    if case .string(let text) = key, text.utf8.count > 100 { return "under a text of \(text.utf8.count) bytes" }
    return try representation(of: key)
  }

  /// A method of the value, or an attribute of a namespace or of `loop`.
  private func ownAttribute(_ name: String, of value: Value) -> Value? {
    switch value {
    case .namespace(let namespace): return namespace.attributes[name]
    case .loop(let loop): return loop.attribute(name)
    case .tuple(let list) where list.isGroup && name == "grouper": return list.elements.first
    case .tuple(let list) where list.isGroup && name == "list": return list.elements.last
    case .callable(.cycler(let cycler)) where name == "current": return cycler.current
    case .callable(.macro(let macro)): return name == "name" ? .string(macro.definition.name) : nil
    default: return Self.hasMethod(name, value) ? .callable(.method(value, name)) : nil
    }
  }

  /// The position that an index means, which counts from the end when negative; nil outside.
  static func position(_ index: Int, in count: Int) -> Int? {
    let position = index < 0 ? index + count : index
    return position >= 0 && position < count ? position : nil
  }

  /// `value[start:stop:step]`
  private func slice(_ value: Value, _ bounds: [Int?]) throws(ChatTemplateError) -> Value {
    switch value {
    case .undefined(let what): throw error(.undefined, what)
    case .list(let list): return .list(List(try slice(list.elements, bounds), depth: list.depth))
    case .tuple(let list): return .tuple(List(try slice(list.elements, bounds), depth: list.depth))
    case .string(let text):
      try spend(bytes: 4 * text.utf8.count)
      var view = String.UnicodeScalarView()
      view.append(contentsOf: try slice(Array(text.unicodeScalars), bounds))
      return .string(String(view))
    default: throw invalid("expected a sequence to take a slice of, found \(value.typeName)")
    }
  }

  private func slice<Element>(_ elements: [Element], _ bounds: [Int?]) throws(ChatTemplateError) -> [Element] {
    try spend(bytes: elements.count * MemoryLayout<Element>.stride)
    let step = bounds[2] ?? 1
    guard step != 0 else { throw invalid("expected the step of a slice not to be 0") }
    let count = elements.count
    // With a negative step the bounds lie one further down: -1 is in front of the first element.
    let (least, greatest) = step > 0 ? (0, count) : (-1, count - 1)
    func clamp(_ bound: Int?, _ absent: Int) -> Int {
      guard let bound else { return absent }
      return min(max(bound < 0 ? bound + count : bound, least), greatest)
    }
    let start = clamp(bounds[0], step > 0 ? least : greatest)
    let stop = clamp(bounds[1], step > 0 ? greatest : least)
    if step == 1 { return start < stop ? Array(elements[start..<stop]) : [] }
    // A step past the end is as good as one just past it, and cannot overflow.
    let reach = step > 0 ? min(step, count + 1) : max(step, -(count + 1))
    return stride(from: start, to: stop, by: reach).map { elements[$0] }
  }
}
