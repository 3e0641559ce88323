extension Interpreter {
  /// Whether values of this type have the method `name`.
  static func hasMethod(_ name: String, _ value: Value) -> Bool {
    switch value {
    case .string: stringMethods.contains(name)
    case .dictionary: ["get", "items", "keys", "values", "copy"].contains(name)
    case .list: ["count", "index", "copy"].contains(name)
    case .tuple: ["count", "index"].contains(name)
    case .callable(.cycler): ["next", "reset"].contains(name)
    default: false
    }
  }

  /// Calls a method of a value.
  func callMethod(
    _ name: String, of receiver: Value, _ arguments: CallArguments
  ) throws(ChatTemplateError) -> Value {
    switch receiver {
    case .string(let text): return try callMethod(name, of: text, arguments)
    case .dictionary(let mapping): return try callMethod(name, of: mapping, arguments)
    case .list(let list), .tuple(let list):
      if name == "copy" { return receiver }
      return try search(name, list, arguments)
    case .loop(let loop): return try callMethod(name, of: loop, arguments)
    case .callable(.cycler(let cycler)):
      _ = try bind(arguments, to: [], of: "cycler.\(name)")
      if name == "next" { return cycler.next() }
      cycler.position = 0
      return .none
    default: throw invalid("'\(receiver.typeName)' has no method '\(name)'")
    }
  }

  private func callMethod(
    _ name: String, of mapping: Mapping, _ arguments: CallArguments
  ) throws(ChatTemplateError) -> Value {
    if name == "get" {
      guard arguments.named.isEmpty, (1...2).contains(arguments.positional.count) else {
        throw invalid("expected a key and perhaps a default for 'get'")
      }
      try spend(lookUpOf: arguments.positional[0])
      guard let key = Mapping.Key(arguments.positional[0]) else {
        throw invalid("expected a string or number as a key, found \(arguments.positional[0].typeName)")
      }
      return mapping[key] ?? (arguments.positional.count == 2 ? arguments.positional[1] : .none)
    }
    _ = try bind(arguments, to: [], of: name)
    switch name {
    case "keys": return .view(View(kind: .keys, list: try makeList(mapping.keys)))
    case "values": return .view(View(kind: .values, list: try makeList(mapping.values)))
    case "items": return .view(View(kind: .items, list: try makeMembers(mapping)))
    default: return .dictionary(mapping)
    }
  }

  /// `list.count(element)` and `list.index(element)`
  private func search(_ name: String, _ list: List, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    guard let element = try bind(arguments, to: ["value"], of: name)[0] else {
      throw invalid("expected an element for '\(name)'")
    }
    var count = 0
    for (index, candidate) in list.elements.enumerated() where try areEqual(candidate, element) {
      if name == "index" { return .integer(index) }
      count += 1
    }
    if name == "index" { throw invalid("expected an element of the list, found \(try representation(of: element))") }
    return .integer(count)
  }

  private func callMethod(
    _ name: String, of loop: LoopState, _ arguments: CallArguments
  ) throws(ChatTemplateError) -> Value {
    if name == "cycle" {
      guard !arguments.positional.isEmpty else { throw invalid("expected values for 'loop.cycle'") }
      return arguments.positional[loop.index % arguments.positional.count]
    }
    let values = try makeList(arguments.positional)
    if let last = loop.lastChanged, try areEqual(.tuple(last), .tuple(values)) { return .bool(false) }
    loop.lastChanged = values
    return .bool(true)
  }
}
