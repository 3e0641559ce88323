import ChatTemplate

/// A validator of JSON Schema that follows the specification keyword by keyword, for the keywords of the tests.
struct SchemaOracle {
  let root: JSONValue

  func accepts(_ document: JSONValue) -> Bool { accepts(document, root) }

  private func accepts(_ value: JSONValue, _ schema: JSONValue) -> Bool {
    if let flag = schema.boolValue { return flag }
    guard let keywords = schema.objectValue else { return false }
    return keywords.allSatisfy { accepts(value, $0, $1, keywords) }
  }

  private func accepts(_ value: JSONValue, _ keyword: String, _ argument: JSONValue, _ schema: JSONObject) -> Bool {
    switch keyword {
    case "type":
      let names = argument.arrayValue?.compactMap(\.stringValue) ?? [argument.stringValue ?? ""]
      return names.contains { isOf($0, value) }
    case "enum": return argument.arrayValue?.contains { equal($0, value) } ?? false
    case "const": return equal(argument, value)
    case "anyOf": return argument.arrayValue?.contains { accepts(value, $0) } ?? false
    case "oneOf": return argument.arrayValue?.count { accepts(value, $0) } == 1
    case "allOf": return argument.arrayValue?.allSatisfy { accepts(value, $0) } ?? false
    case "$ref": return target(argument.stringValue ?? "").map { accepts(value, $0) } ?? false
    case "minimum": return number(value).map { $0 >= number(argument) ?? 0 } ?? true
    case "maximum": return number(value).map { $0 <= number(argument) ?? 0 } ?? true
    case "exclusiveMinimum": return number(value).map { $0 > number(argument) ?? 0 } ?? true
    case "exclusiveMaximum": return number(value).map { $0 < number(argument) ?? 0 } ?? true
    case "multipleOf":
      return number(value).map { $0.truncatingRemainder(dividingBy: number(argument) ?? 1) == 0 } ?? true
    case "minLength": return value.stringValue.map { $0.unicodeScalars.count >= argument.integerValue ?? 0 } ?? true
    case "maxLength": return value.stringValue.map { $0.unicodeScalars.count <= argument.integerValue ?? 0 } ?? true
    default: return acceptsParts(value, keyword, argument, schema)
    }
  }

  private func acceptsParts(_ value: JSONValue, _ keyword: String, _ argument: JSONValue, _ schema: JSONObject)
    -> Bool
  {
    switch keyword {
    case "minItems": return value.arrayValue.map { $0.count >= argument.integerValue ?? 0 } ?? true
    case "maxItems": return value.arrayValue.map { $0.count <= argument.integerValue ?? 0 } ?? true
    case "prefixItems":
      return zip(value.arrayValue ?? [], argument.arrayValue ?? []).allSatisfy { accepts($0, $1) }
    case "items":
      let skipped = schema["prefixItems"]?.arrayValue?.count ?? 0
      return value.arrayValue?.dropFirst(skipped).allSatisfy { accepts($0, argument) } ?? true
    case "required":
      guard let object = value.objectValue else { return true }
      return argument.arrayValue?.allSatisfy { object[$0.stringValue ?? ""] != nil } ?? false
    case "properties":
      guard let object = value.objectValue else { return true }
      return argument.objectValue?.allSatisfy { name, schema in object[name].map { accepts($0, schema) } ?? true }
        ?? false
    case "additionalProperties":
      guard let object = value.objectValue else { return true }
      return object.allSatisfy { name, member in schema["properties"]?[name] != nil || accepts(member, argument) }
    default: return true
    }
  }

  private func isOf(_ type: String, _ value: JSONValue) -> Bool {
    switch (type, value) {
    case ("null", .null), ("boolean", .bool), ("string", .string), ("array", .array), ("object", .object): true
    case ("number", .integer), ("number", .largeInteger), ("number", .number): true
    case ("integer", .integer), ("integer", .largeInteger): true
    case ("integer", .number(let number)): number.rounded() == number
    default: false
    }
  }

  private func number(_ value: JSONValue) -> Double? {
    switch value {
    case .integer(let integer): Double(integer)
    case .largeInteger(let digits): Double(digits)
    case .number(let number): number
    default: nil
    }
  }

  private func equal(_ left: JSONValue, _ right: JSONValue) -> Bool {
    if let first = number(left), let second = number(right) { return first == second }
    if let first = left.arrayValue, let second = right.arrayValue {
      return first.count == second.count && zip(first, second).allSatisfy { equal($0, $1) }
    }
    if let first = left.objectValue, let second = right.objectValue {
      return first.count == second.count
        && first.allSatisfy { name, value in second[name].map { equal(value, $0) } ?? false }
    }
    return left == right
  }

  private func target(_ reference: String) -> JSONValue? {
    reference.split(separator: "/").dropFirst().reduce(root as JSONValue?) { value, name in value?[String(name)] }
  }
}
