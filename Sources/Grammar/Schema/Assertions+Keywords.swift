import ChatTemplate

extension Assertions {
  /// Keywords that say something about a schema and nothing about documents.
  private static let annotations: Set<String> = [
    "title", "description", "default", "examples", "example", "$schema", "$id", "$comment", "deprecated", "readOnly",
    "writeOnly", "contentEncoding", "contentMediaType", "$defs", "definitions", "discriminator", "strict",
  ]
  /// Keywords that are resolved before these are read.
  private static let combinations: Set<String> = ["$ref", "allOf", "anyOf", "oneOf"]

  /// What the keywords of one schema object ask for, `$ref` and combinations aside.
  ///
  /// - Parameter isStrict: whether formats that are not held to are refused; they are passed over where they are not.
  /// - Throws: for a keyword that is not supported or not well-formed.
  init(_ object: JSONObject, at schema: Subschema, isStrict: Bool) throws(GrammarError) {
    self.init(path: schema.path)
    var (objectPart, arrayPart): (ObjectPart?, ArrayPart?)
    for (keyword, value) in object where !Self.annotations.contains(keyword) && !Self.combinations.contains(keyword) {
      let reader = KeywordReader(schema: schema, keyword: keyword, value: value)
      switch keyword {
      case "type": kinds = try reader.kinds()
      case "enum":
        values = try reader.array().map(\.withPlainIntegers)
        valueSize += value.size
      case "const":
        let constant = value.withPlainIntegers
        values = values?.filter { $0 == constant } ?? [constant]
        valueSize += value.size
      case "properties":
        objectPart = objectPart ?? ObjectPart(place: schema.child(.null, "properties"))
        objectPart?.properties = try reader.object()
      case "additionalProperties":
        objectPart = objectPart ?? ObjectPart(place: schema.child(.null, "properties"))
        objectPart?.additional = schema.child(value, keyword)
      case "prefixItems":
        arrayPart = arrayPart ?? ArrayPart()
        arrayPart?.prefix = try reader.array().enumerated().map { schema.child($1, keyword, String($0)) }
      case "items":
        guard value.arrayValue == nil else { throw reader.error(.unsupported, "expected prefixItems for a list") }
        arrayPart = arrayPart ?? ArrayPart()
        arrayPart?.rest = schema.child(value, keyword)
      case "format": try readFormat(reader, isStrict: isStrict, of: object["type"])
      default: try readLimit(keyword, reader)
      }
    }
    if let objectPart { objects.append(objectPart) }
    if let arrayPart { arrays.append(arrayPart) }
    if objectPart != nil { mentioned.insert(.object) }
    if arrayPart != nil { mentioned.insert(.array) }
  }

  /// - Parameter type: the value of `type`; numbers have formats too, of which documents say nothing.
  private mutating func readFormat(
    _ reader: KeywordReader, isStrict: Bool, of type: JSONValue?
  ) throws(GrammarError) {
    guard let name = reader.value.stringValue else { throw reader.error(.malformed, "expected a string") }
    if let format = StringFormat(rawValue: name) {
      let alternatives = try KeywordReader(schema: reader.schema, keyword: "format", value: .string(format.pattern))
        .pattern()
      patterns.append(alternatives)
      mentioned.insert(.string)
    } else if isStrict, type?.stringValue.map({ $0 == "string" }) ?? true {
      let names = StringFormat.allCases.map(\.rawValue).joined(separator: ", ")
      throw reader.error(.unsupported, "expected a format that is supported (\(names)), found '\(name)'")
    }
  }

  private mutating func readLimit(_ keyword: String, _ reader: KeywordReader) throws(GrammarError) {
    switch keyword {
    case "required":
      for name in try reader.strings() { required.insert(name) }
      mentioned.insert(.object)
    case "minProperties", "maxProperties":
      try reader.limit(&memberCount)
      mentioned.insert(.object)
    case "minItems", "maxItems":
      try reader.limit(&itemCount)
      mentioned.insert(.array)
    case "uniqueItems":
      guard reader.value == .bool(false) else { throw reader.unsupported }
    case "minLength", "maxLength":
      try reader.limit(&length)
      mentioned.insert(.string)
    case "pattern":
      patterns.append(try reader.pattern())
      mentioned.insert(.string)
    case "minimum", "exclusiveMinimum":
      numbers.limitBelow(.init(value: try reader.bound(), isExclusive: keyword == "exclusiveMinimum"))
      mentioned.formUnion([.integer, .fraction])
    case "maximum", "exclusiveMaximum":
      numbers.limitAbove(.init(value: try reader.bound(), isExclusive: keyword == "exclusiveMaximum"))
      mentioned.formUnion([.integer, .fraction])
    case "multipleOf":
      divisors.append(try reader.divisor())
      mentioned.formUnion([.integer, .fraction])
    default:
      if !keyword.hasPrefix("x-") { throw reader.unsupported }
    }
  }
}
