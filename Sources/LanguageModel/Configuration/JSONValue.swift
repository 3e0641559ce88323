import Foundation

/// A JSON value, for files whose keys differ from one release to the next.
enum JSONValue: Decodable, Equatable {
  case null
  case bool(Bool)
  case number(Double)
  case string(String)
  case array([JSONValue])
  case object([String: JSONValue])

  init(from decoder: any Decoder) throws {
    let container = try decoder.singleValueContainer()
    if container.decodeNil() {
      self = .null
    } else if let value = try? container.decode(Bool.self) {
      self = .bool(value)
    } else if let value = try? container.decode(Double.self) {
      self = .number(value)
    } else if let value = try? container.decode(String.self) {
      self = .string(value)
    } else if let value = try? container.decode([JSONValue].self) {
      self = .array(value)
    } else {
      self = .object(try container.decode([String: JSONValue].self))
    }
  }
}

/// The object of a JSON file, whose values are asked for by name and type.
struct JSONObject {
  /// The file's path, for messages.
  let file: String
  private let values: [String: JSONValue]
  /// The names of the enclosing objects, each with its dot.
  private let prefix: String

  private init(file: String, values: [String: JSONValue], prefix: String) {
    self.file = file
    self.values = values
    self.prefix = prefix
  }

  /// Reads a file that must hold an object.
  init(file: String) throws(LanguageModelError) {
    guard let data = FileManager.default.contents(atPath: file) else {
      throw LanguageModelError(.inaccessible, file: file, "the file does not exist or cannot be read")
    }
    guard let value = try? JSONDecoder().decode(JSONValue.self, from: data), case .object(let values) = value else {
      throw LanguageModelError(.malformed, file: file, "expected a JSON object")
    }
    self.init(file: file, values: values, prefix: "")
  }

  /// The names of all entries.
  var keys: some Collection<String> { values.keys }

  /// An entry that is there and not null, under the first name that has one.
  private func entry(_ names: [String]) -> (name: String, value: JSONValue)? {
    for name in names {
      if let value = values[name], value != .null { return (prefix + name, value) }
    }
    return nil
  }

  private func wrong(_ name: String, _ expected: String) -> LanguageModelError {
    LanguageModelError(.configuration, file: file, "\(name) must be \(expected)")
  }

  /// A number, under the first of the names that has one; nil when none has.
  func number(_ names: String...) throws(LanguageModelError) -> Double? {
    guard let (name, value) = entry(names) else { return nil }
    guard case .number(let number) = value, number.isFinite else { throw wrong(name, "a number") }
    return number
  }

  /// An integer from 0 to 2³¹ − 1.
  func integer(_ names: String...) throws(LanguageModelError) -> Int? {
    guard let (name, value) = entry(names) else { return nil }
    guard let integer = Self.integer(value) else { throw wrong(name, "an integer from 0 to 2147483647") }
    return integer
  }

  /// A list of integers, or one integer.
  func integers(_ names: String...) throws(LanguageModelError) -> [Int]? {
    guard let (name, value) = entry(names) else { return nil }
    let list = if case .array(let list) = value { list } else { [value] }
    let integers = list.compactMap(Self.integer)
    guard integers.count == list.count else { throw wrong(name, "a list of integers from 0 to 2147483647") }
    return integers
  }

  private static func integer(_ value: JSONValue) -> Int? {
    guard case .number(let number) = value else { return nil }
    return Int32(exactly: number).flatMap { $0 >= 0 ? Int($0) : nil }
  }

  func bool(_ names: String...) throws(LanguageModelError) -> Bool? {
    guard let (name, value) = entry(names) else { return nil }
    guard case .bool(let bool) = value else { throw wrong(name, "true or false") }
    return bool
  }

  func string(_ names: String...) throws(LanguageModelError) -> String? {
    guard let (name, value) = entry(names) else { return nil }
    guard case .string(let string) = value else { throw wrong(name, "a string") }
    return string
  }

  func strings(_ names: String...) throws(LanguageModelError) -> [String]? {
    guard let (name, value) = entry(names) else { return nil }
    guard case .array(let list) = value else { throw wrong(name, "a list of strings") }
    let strings = list.compactMap { if case .string(let string) = $0 { string } else { nil } }
    guard strings.count == list.count else { throw wrong(name, "a list of strings") }
    return strings
  }

  func object(_ names: String...) throws(LanguageModelError) -> JSONObject? {
    guard let (name, value) = entry(names) else { return nil }
    guard case .object(let values) = value else { throw wrong(name, "an object") }
    return JSONObject(file: file, values: values, prefix: name + ".")
  }
}
