/// Why a grammar was not made, or a text under it cannot go on: a kind, where in the schema, and one line.
public struct GrammarError: Error, Hashable, Sendable {
  /// The kinds of failure.
  public enum Kind: Hashable, Sendable {
    /// A keyword, or a way of using one, that is not known here.
    case unsupported
    /// A keyword's value is not what JSON Schema asks for.
    case malformed
    /// No document satisfies the schema.
    case unsatisfiable
    /// The schema asks for more than is computed for one request.
    case tooLarge
    /// A token was chosen that the grammar forbids, or no token of the vocabulary is left.
    case stuck
  }

  /// The kind of failure.
  public let kind: Kind
  /// Where in the schema, as a JSON pointer; empty for the whole.
  public let pointer: String
  /// What was expected, in one line.
  public let message: String

  init(_ kind: Kind, _ pointer: String, _ message: String) {
    self.kind = kind
    self.pointer = pointer
    self.message = message
  }
}

extension GrammarError: CustomStringConvertible {
  public var description: String { pointer.isEmpty ? message : "\(pointer): \(message)" }
}
