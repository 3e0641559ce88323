import ChatTemplate
import Files
import Foundation

/// The object of a JSON file, whose values are asked for by name and type.
struct JSONSettings {
  /// The file's path, for messages.
  let file: String
  private let values: JSONObject
  /// The names of the enclosing objects, each with its dot.
  private let prefix: String

  private init(file: String, values: JSONObject, prefix: String) {
    self.file = file
    self.values = values
    self.prefix = prefix
  }

  /// Reads a file that must hold an object.
  init(file: String) throws(LanguageModelError) {
    let bytes = try Self.bytes(of: file)
    let value: JSONValue
    do { value = try JSONValue(parsing: bytes) } catch {
      throw LanguageModelError(.malformed, file: file, "expected a JSON object; \(error)")
    }
    guard case .object(let values) = value else {
      throw LanguageModelError(.malformed, file: file, "expected a JSON object")
    }
    self.init(file: file, values: values, prefix: "")
  }

  private static func bytes(of file: String) throws(LanguageModelError) -> [UInt8] {
    func refusal(_ message: String) -> LanguageModelError { LanguageModelError(.inaccessible, file: file, message) }
    switch FileKind(of: file) {
    case .nothing: throw refusal("the file does not exist")
    case .folder: throw refusal("expected a file, found a folder")
    // Opening a pipe would wait for somebody who writes into it.
    case .stream: throw refusal("expected a regular file")
    case .regular: break
    }
    guard let data = FileManager.default.contents(atPath: file) else { throw refusal("the file cannot be read") }
    return Array(data)
  }

  /// The names of all entries.
  var keys: [String] { values.keys }

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
    guard let number = Self.number(value) else { throw wrong(name, "a number") }
    return number
  }

  /// A number that binary32 holds too.
  func float(_ names: String...) throws(LanguageModelError) -> Float? {
    guard let (name, value) = entry(names) else { return nil }
    guard let number = Self.number(value).map(Float.init), number.isFinite else {
      throw wrong(name, "a number within the range of binary32")
    }
    return number
  }

  private static func number(_ value: JSONValue) -> Double? {
    let number: Double? =
      switch value {
      case .integer(let integer): Double(integer)
      case .largeInteger(let digits): Double(digits)
      case .number(let number): number
      default: nil
      }
    return number.flatMap { $0.isFinite ? $0 : nil }
  }

  /// An integer from `least` to 2³¹ − 1.
  func integer(_ names: String..., from least: Int = 0) throws(LanguageModelError) -> Int? {
    guard let (name, value) = entry(names) else { return nil }
    guard let integer = Self.integer(value), integer >= least else {
      throw wrong(name, "an integer from \(least) to 2147483647")
    }
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
    let integer: Int32? =
      switch value {
      case .integer(let integer): Int32(exactly: integer)
      case .number(let number): Int32(exactly: number)
      default: nil
      }
    return integer.flatMap { $0 >= 0 ? Int($0) : nil }
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

  func object(_ names: String...) throws(LanguageModelError) -> JSONSettings? {
    guard let (name, value) = entry(names) else { return nil }
    guard case .object(let values) = value else { throw wrong(name, "an object") }
    return JSONSettings(file: file, values: values, prefix: name + ".")
  }
}
