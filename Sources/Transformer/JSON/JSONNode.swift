/// A JSON value together with the place where it was read, so that whoever finds it wrong can say where it stands.
struct JSONNode {
  /// The seven sorts of JSON text, numbers split by whether they are integers that fit `Int`.
  indirect enum Value {
    case null
    case boolean(Bool)
    case integer(Int)
    case number(Double)
    case string(String)
    case array([JSONNode])
    case object([String: JSONNode])
  }

  let value: Value
  /// The offset of the value's first byte.
  let offset: Int

  /// The members of an object.
  func members(_ what: String) throws(TransformerError) -> [String: JSONNode] {
    guard case .object(let members) = value else { throw unexpected(what, "an object") }
    return members
  }

  /// A member that an object must have.
  func member(_ key: String, of what: String) throws(TransformerError) -> JSONNode {
    guard let node = try members(what)[key] else {
      throw TransformerError(.malformed, "\(what): expected a member \(String(reflecting: key))", byte: offset)
    }
    return node
  }

  /// The elements of an array.
  func elements(_ what: String) throws(TransformerError) -> [JSONNode] {
    guard case .array(let elements) = value else { throw unexpected(what, "an array") }
    return elements
  }

  /// The text of a string.
  func text(_ what: String) throws(TransformerError) -> String {
    guard case .string(let text) = value else { throw unexpected(what, "a string") }
    return text
  }

  /// An integer in a range.
  func integer(_ what: String, in range: ClosedRange<Int>) throws(TransformerError) -> Int {
    guard case .integer(let integer) = value, range.contains(integer) else {
      throw unexpected(what, "an integer from \(range.lowerBound) to \(range.upperBound)")
    }
    return integer
  }

  private func unexpected(_ what: String, _ expected: String) -> TransformerError {
    let found =
      switch value {
      case .null: "null"
      case .boolean(let boolean): "\(boolean)"
      case .integer(let integer): "\(integer)"
      case .number(let number): "\(number)"
      case .string: "a string"
      case .array: "an array"
      case .object: "an object"
      }
    return TransformerError(.malformed, "\(what): expected \(expected), found \(found)", byte: offset)
  }
}
