import ChatTemplate

/// A schema whole, for the references in it.
struct SchemaDocument: Sendable {
  let root: JSONValue
  /// Whether what cannot be held to is refused rather than passed over.
  let isStrict: Bool

  /// The schema that a reference within the document names.
  func target(of reference: String, from schema: Subschema) throws(GrammarError) -> Subschema {
    guard reference.hasPrefix("#") else {
      throw schema.error(.unsupported, "$ref", "expected a reference within the schema, beginning with '#'")
    }
    var target = Subschema(value: root, path: .root)
    let pointer = reference.dropFirst()
    guard pointer.isEmpty || pointer.hasPrefix("/") else {
      throw schema.error(.unsupported, "$ref", "expected '#' or a JSON pointer after it")
    }
    for part in pointer.split(separator: "/", omittingEmptySubsequences: false).dropFirst() {
      let name = Self.name(part)
      guard let next = Self.member(name, of: target.value) else {
        throw schema.error(.malformed, "$ref", "expected a schema at '\(reference)'")
      }
      target = target.child(next, name)
    }
    return target
  }

  private static func member(_ name: String, of value: JSONValue) -> JSONValue? {
    if let elements = value.arrayValue {
      return Int(name).flatMap { elements.indices.contains($0) ? elements[$0] : nil }
    }
    return value[name]
  }

  private static func name(_ part: Substring) -> String {
    let text = percentDecoded(part)
    return text.replacing("~1", with: "/").replacing("~0", with: "~")
  }

  private static func percentDecoded(_ text: Substring) -> String {
    var bytes: [UInt8] = []
    var rest = Array(text.utf8)[...]
    while let byte = rest.popFirst() {
      let digits = String(decoding: rest.prefix(2), as: UTF8.self)
      if byte == UInt8(ascii: "%"), digits.utf8.count == 2, let decoded = UInt8(digits, radix: 16) {
        bytes.append(decoded)
        rest = rest.dropFirst(2)
      } else {
        bytes.append(byte)
      }
    }
    return String(decoding: bytes, as: UTF8.self)
  }
}
