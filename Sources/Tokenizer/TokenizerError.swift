import Files

/// What keeps a tokenizer from being read or a chat from being encoded.
public struct TokenizerError: Error, Sendable, Equatable {
  /// The kinds of failure.
  public enum Kind: Sendable, Equatable {
    /// A file that is needed does not exist or cannot be read.
    case missingFile
    /// A file is not the JSON that it should be.
    case malformedJSON
    /// An entry that is needed is absent or of the wrong type.
    case invalidEntry
    /// The file asks for something that is not implemented.
    case unsupported
    /// A merge names a token that the vocabulary does not have.
    case unknownToken
    /// The chat template is absent, malformed, or refuses the messages.
    case chatTemplate
  }

  /// The kind of failure.
  public let kind: Kind
  /// The file that is at fault, as a path.
  public let file: String
  /// What was expected, in one line.
  public let message: String
}

extension TokenizerError: CustomStringConvertible {
  public var description: String { "\(file): \(message)".oneLine }
}
