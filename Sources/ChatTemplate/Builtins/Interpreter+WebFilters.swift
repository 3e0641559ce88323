extension Interpreter {
  /// `urlencode`: a text as part of a path, or a dictionary or a sequence of pairs as a query.
  func percentEncoded(_ value: Value) throws(ChatTemplateError) -> String {
    switch value {
    case .dictionary, .list, .tuple, .view, .generator, .loop, .undefined: break
    default: return try percentEncoded(text(of: value), inQuery: false)
    }
    var pairs: [(Value, Value)] = []
    if case .dictionary(let mapping) = value {
      pairs = Array(zip(mapping.keys, mapping.values))
    } else {
      for pair in try elements(of: value) {
        let pair = try elements(of: pair)
        guard pair.count == 2 else { throw invalid("expected pairs of a key and a value for 'urlencode'") }
        pairs.append((pair[0], pair[1]))
      }
    }
    var encoded = ""
    for (index, (key, value)) in pairs.enumerated() {
      if index > 0 { encoded += "&" }
      encoded += try percentEncoded(text(of: key), inQuery: true) + "=" + percentEncoded(text(of: value), inQuery: true)
    }
    return encoded
  }

  private func percentEncoded(_ text: String, inQuery: Bool) throws(ChatTemplateError) -> String {
    try spend(bytes: text.utf8.count * 3)
    let digits = Array("0123456789ABCDEF".utf8)
    var encoded: [UInt8] = []
    for byte in text.utf8 {
      switch byte {
      case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
        UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "~"):
        encoded.append(byte)
      case UInt8(ascii: "/") where !inQuery: encoded.append(byte)
      case UInt8(ascii: " ") where inQuery: encoded.append(UInt8(ascii: "+"))
      default: encoded += [UInt8(ascii: "%"), digits[Int(byte >> 4)], digits[Int(byte & 15)]]
      }
    }
    return String(decoding: encoded, as: UTF8.self)
  }

  /// `xmlattr`: the members of a dictionary as attributes of a tag, those without a value left out.
  func markupAttributes(_ value: Value, _ arguments: CallArguments) throws(ChatTemplateError) -> Value {
    let hasSpace = try bind(arguments, to: ["autospace"], of: "xmlattr")[0]?.isTrue ?? true
    if case .undefined(let what) = value { throw error(.undefined, what) }
    guard case .dictionary(let mapping) = value else {
      throw invalid("expected a dictionary for 'xmlattr', found \(value.typeName)")
    }
    var attributes: [String] = []
    for (key, value) in zip(mapping.keys, mapping.values) {
      switch value {
      case .none, .undefined: continue
      default: break
      }
      let name = try string(key, "the name of an attribute")
      guard !name.unicodeScalars.contains(where: { "/>= \t\n\r\u{B}\u{C}".unicodeScalars.contains($0) }) else {
        throw invalid("expected the name of an attribute without white space, '/', '>' and '=', found '\(name)'")
      }
      attributes.append(try escaped(name) + "=\"" + escapedOnce(value) + "\"")
    }
    let text = attributes.joined(separator: " ")
    return .string(hasSpace && !text.isEmpty ? " " + text : text)
  }
}
