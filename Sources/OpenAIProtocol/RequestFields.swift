package import ChatTemplate

/// The members of an object in a request, read by name and type. A member that is null counts as absent.
package struct RequestFields: Sendable {
  private let object: JSONObject
  /// What comes before the members' names in errors: `messages[0].` or nothing.
  private let prefix: String

  package init(_ object: JSONObject, prefix: String = "") {
    self.object = object
    self.prefix = prefix
  }

  /// Reads the body of a request.
  ///
  /// - Throws: `APIError` when it is not a JSON object.
  package init(body: [UInt8]) throws(APIError) {
    let value: JSONValue
    do {
      value = try JSONValue(parsing: body)
    } catch {
      throw APIError(.invalidRequest, "the body is not JSON: \(error)")
    }
    guard let object = value.objectValue else {
      throw APIError(.invalidRequest, "expected a JSON object as the body, found \(Self.describe(value))")
    }
    self.init(object)
  }

  /// The whole path of a member.
  package func path(_ name: String) -> String { prefix + name }

  /// A member's value, whatever it is.
  package func value(_ name: String) -> JSONValue? {
    guard let value = object[name], value != .null else { return nil }
    return value
  }

  /// An error about a member.
  package func error(_ name: String, _ message: String, code: String? = nil) -> APIError {
    APIError(.invalidRequest, "'\(path(name))': \(message)", parameter: path(name), code: code)
  }

  /// That a member is not what was expected.
  package func mismatch(_ name: String, expected: String) -> APIError {
    error(name, "expected \(expected), found \(value(name).map(Self.describe) ?? "nothing")")
  }

  /// A value in a few words: numbers and truth values themselves, of others the type.
  package static func describe(_ value: JSONValue) -> String {
    switch value {
    case .null: "null"
    case .bool(let flag): String(flag)
    case .integer(let integer): String(integer)
    case .largeInteger: "a larger integer"
    case .number(let number): String(number)
    case .string(let text): text.utf8.count <= 32 ? JSONValue.string(text).jsonText : "a string"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

extension RequestFields {
  package func string(_ name: String) throws(APIError) -> String? {
    guard let value = value(name) else { return nil }
    guard let text = value.stringValue else { throw mismatch(name, expected: "a string") }
    return text
  }

  package func requiredString(_ name: String) throws(APIError) -> String {
    guard let text = try string(name) else { throw mismatch(name, expected: "a string") }
    return text
  }

  package func bool(_ name: String) throws(APIError) -> Bool? {
    guard let value = value(name) else { return nil }
    guard let flag = value.boolValue else { throw mismatch(name, expected: "true or false") }
    return flag
  }

  package func integer(_ name: String, in range: ClosedRange<Int>) throws(APIError) -> Int? {
    guard let value = value(name) else { return nil }
    guard let integer = value.wholeNumber, range.contains(integer) else {
      throw mismatch(name, expected: "an integer \(Self.describe(range))")
    }
    return integer
  }

  /// - Parameter range: may have infinite ends, which no number reaches.
  package func number(_ name: String, in range: ClosedRange<Double>) throws(APIError) -> Double? {
    guard let value = value(name) else { return nil }
    guard let number = value.numberValue, number.isFinite, range.contains(number) else {
      throw mismatch(name, expected: "a number from \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  package func array(_ name: String) throws(APIError) -> [JSONValue]? {
    guard let value = value(name) else { return nil }
    guard let elements = value.arrayValue else { throw mismatch(name, expected: "an array") }
    return elements
  }

  /// The members of a member that is an object.
  package func fields(_ name: String) throws(APIError) -> RequestFields? {
    guard let value = value(name) else { return nil }
    guard let object = value.objectValue else { throw mismatch(name, expected: "an object") }
    return RequestFields(object, prefix: "\(path(name)).")
  }

  package func object(_ name: String) throws(APIError) -> JSONObject? {
    guard let value = value(name) else { return nil }
    guard let object = value.objectValue else { throw mismatch(name, expected: "an object") }
    return object
  }

  /// The members of each object of an array.
  package func objects(_ name: String) throws(APIError) -> [RequestFields]? {
    guard let elements = try array(name) else { return nil }
    var fields: [RequestFields] = []
    for (index, element) in elements.enumerated() {
      guard let object = element.objectValue else {
        throw error("\(name)[\(index)]", "expected an object, found \(Self.describe(element))")
      }
      fields.append(RequestFields(object, prefix: "\(path(name))[\(index)]."))
    }
    return fields
  }

  /// One of some words.
  package func word<Word: RawRepresentable & CaseIterable>(
    _ name: String, _ type: Word.Type
  ) throws(APIError) -> Word? where Word.RawValue == String {
    guard let value = value(name) else { return nil }
    guard let word = value.stringValue.flatMap(Word.init(rawValue:)) else {
      throw mismatch(name, expected: Word.allCases.map { "'\($0.rawValue)'" }.joined(separator: ", "))
    }
    return word
  }

  private static func describe(_ range: ClosedRange<Int>) -> String {
    if range.upperBound < .max { return "from \(range.lowerBound) to \(range.upperBound)" }
    return range.lowerBound > .min ? "of at least \(range.lowerBound)" : "of 64 bits"
  }
}

extension JSONValue {
  /// The value as an integer, also when it is written with a decimal point.
  package var wholeNumber: Int? {
    switch self {
    case .integer(let integer): integer
    case .number(let number): Int(exactly: number)
    default: nil
    }
  }

  /// The value as a number.
  package var numberValue: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .number(let number): number
    case .largeInteger(let digits): Double(digits)
    default: nil
    }
  }
}
