import Files

/// What is wrong with a chat template, or with what it was given, and where in the template it came up.
public struct ChatTemplateError: Error, Sendable, Equatable {
  /// The kinds of failure.
  public enum Kind: Sendable, Equatable {
    /// The template is not well formed.
    case syntax
    /// The template uses something that is not implemented, a filter or a statement.
    case unsupported
    /// An operation on a value that does not exist.
    case undefined
    /// An operation on values that it does not work for.
    case invalidOperation
    /// The template refused the messages, by `raise_exception`.
    case raised
    /// The template nests too deeply, runs too long or produces too much.
    case limit
  }

  /// The kind of failure.
  public let kind: Kind
  /// The line of the template, counted from 1.
  public let line: Int
  /// What was expected, or the template's own message.
  public let message: String
}

extension ChatTemplateError: CustomStringConvertible {
  /// One line: where, and the message.
  public var description: String { "line \(line): \(message)".oneLine }
}
