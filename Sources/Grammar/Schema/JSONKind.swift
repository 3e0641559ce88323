import ChatTemplate

/// The kinds of JSON values, numbers cut in two: JSON Schema's `number` is both of them, its `integer` the first.
enum JSONKind: Hashable, Sendable, CaseIterable {
  case null, boolean, integer, fraction, string, array, object

  /// The kinds of a name in `type`.
  static func kinds(named name: String) -> Set<JSONKind>? {
    switch name {
    case "null": [.null]
    case "boolean": [.boolean]
    case "integer": [.integer]
    case "number": [.integer, .fraction]
    case "string": [.string]
    case "array": [.array]
    case "object": [.object]
    default: nil
    }
  }

  /// The kind of a value; a number with decimals that are all 0 is an integer.
  init(_ value: JSONValue) {
    self =
      switch value {
      case .null: .null
      case .bool: .boolean
      case .integer, .largeInteger: .integer
      case .number(let number): number.rounded() == number ? .integer : .fraction
      case .string: .string
      case .array: .array
      case .object: .object
      }
  }
}

extension JSONValue {
  /// The number, as far as binary64 holds it.
  var doubleValue: Double? {
    switch self {
    case .integer(let integer): Double(integer)
    case .largeInteger(let digits): Double(digits)
    case .number(let number): number
    default: nil
    }
  }

  /// How much there is to the value: one for it, what is in it, and one for every 16 bytes of a string.
  var size: Int {
    switch self {
    case .null, .bool, .integer, .number: 1
    case .largeInteger(let text), .string(let text): 1 + text.utf8.count / 16
    case .array(let elements): elements.reduce(1) { $0 + $1.size }
    case .object(let object): object.reduce(1) { $0 + 1 + $1.0.utf8.count / 16 + $1.1.size }
    }
  }

  /// The same value with its integers written as such, so that equal numbers are equal values.
  var withPlainIntegers: JSONValue {
    switch self {
    case .number(let number):
      number.rounded() == number && number.magnitude < 0x1p53 ? .integer(Int(number)) : self
    case .array(let elements): .array(elements.map(\.withPlainIntegers))
    case .object(let object): .object(JSONObject(object.map { ($0, $1.withPlainIntegers) }))
    default: self
    }
  }
}
