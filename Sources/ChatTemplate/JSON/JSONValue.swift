/// A JSON value whose objects keep the order in which their keys were given.
///
/// Chat templates print tools and arguments back as JSON, so the order is part of what a model reads.
///
/// ```swift
/// let message: JSONValue = ["role": "user", "content": "How far is the moon?"]
/// ```
public enum JSONValue: Sendable, Hashable {
  case null
  case bool(Bool)
  case integer(Int)
  /// An integer outside `Int`, as its decimal digits with an optional minus sign.
  case largeInteger(String)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object(JSONObject)
}

extension JSONValue {
  /// The string, or nil for any other value.
  public var stringValue: String? {
    if case .string(let text) = self { text } else { nil }
  }

  /// The integer, or nil for any other value.
  public var integerValue: Int? {
    if case .integer(let integer) = self { integer } else { nil }
  }

  /// The truth value, or nil for any other value.
  public var boolValue: Bool? {
    if case .bool(let flag) = self { flag } else { nil }
  }

  /// The elements, or nil for any other value.
  public var arrayValue: [JSONValue]? {
    if case .array(let elements) = self { elements } else { nil }
  }

  /// The object, or nil for any other value.
  public var objectValue: JSONObject? {
    if case .object(let object) = self { object } else { nil }
  }

  /// The member of an object under `key`, or nil where there is none or this is no object.
  public subscript(key: String) -> JSONValue? { objectValue?[key] }
}

extension JSONValue: ExpressibleByNilLiteral, ExpressibleByBooleanLiteral, ExpressibleByIntegerLiteral,
  ExpressibleByFloatLiteral, ExpressibleByStringLiteral, ExpressibleByStringInterpolation,
  ExpressibleByArrayLiteral, ExpressibleByDictionaryLiteral
{
  public init(nilLiteral: ()) { self = .null }
  public init(booleanLiteral value: Bool) { self = .bool(value) }
  public init(integerLiteral value: Int) { self = .integer(value) }
  public init(floatLiteral value: Double) { self = .number(value) }
  public init(stringLiteral value: String) { self = .string(value) }
  public init(arrayLiteral elements: JSONValue...) { self = .array(elements) }
  public init(dictionaryLiteral elements: (String, JSONValue)...) { self = .object(JSONObject(elements)) }
}
