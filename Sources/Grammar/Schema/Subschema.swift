import ChatTemplate

/// A schema within a document, and where it stands.
struct Subschema: Hashable, Sendable {
  var value: JSONValue
  var path: SchemaPath

  static let anything = Subschema(value: .bool(true), path: .root)

  /// The schema under a keyword.
  func child(_ value: JSONValue, _ names: String...) -> Subschema {
    Subschema(value: value, path: names.reduce(path) { $0.appending($1) })
  }

  /// What all of `schemas` ask for.
  static func all(_ schemas: [Subschema]) -> Subschema {
    guard let first = schemas.first else { return .anything }
    guard schemas.count > 1 else { return first }
    return Subschema(value: ["allOf": .array(schemas.map(\.value))], path: first.path)
  }

  func error(_ kind: GrammarError.Kind, _ keyword: String?, _ message: String) -> GrammarError {
    GrammarError(kind, (keyword.map { path.appending($0) } ?? path).pointer, message)
  }

  /// By the path alone, since a schema may be large and few stand at one place.
  func hash(into hasher: inout Hasher) { hasher.combine(path) }
}
