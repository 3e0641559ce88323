import ChatTemplate

/// A schema within a document, and where it stands.
struct Subschema: Hashable, Sendable {
  var value: JSONValue
  /// As a JSON pointer.
  var pointer: String

  static let anything = Subschema(value: .bool(true), pointer: "")

  /// The schema under a keyword.
  func child(_ value: JSONValue, _ path: String...) -> Subschema {
    Subschema(value: value, pointer: path.reduce(pointer) { $0 + "/" + Self.escape($1) })
  }

  /// What all of `schemas` ask for.
  static func all(_ schemas: [Subschema]) -> Subschema {
    guard let first = schemas.first else { return .anything }
    guard schemas.count > 1 else { return first }
    return Subschema(value: ["allOf": .array(schemas.map(\.value))], pointer: first.pointer)
  }

  func error(_ kind: GrammarError.Kind, _ keyword: String?, _ message: String) -> GrammarError {
    GrammarError(kind, keyword.map { pointer + "/" + Self.escape($0) } ?? pointer, message)
  }

  /// Writes a name as a part of a JSON pointer.
  private static func escape(_ name: String) -> String {
    String(
      name.flatMap { character in
        switch character {
        case "~": "~0"
        case "/": "~1"
        default: String(character)
        }
      })
  }
}
