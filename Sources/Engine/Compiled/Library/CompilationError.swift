import Files

/// Why a model could not be compiled: a kind and one line of text.
public struct CompilationError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sort of failure, for code that reacts to it.
  public enum Kind: Hashable, Sendable {
    /// The model has so many weights that are not zero that compiling or encoding it would take too long.
    case tooLarge
    /// No compiler was found.
    case noCompiler
    /// The compiler could not be started, or failed.
    case compilerFailed
    /// The cache's folder cannot be used, or a file in it not be written.
    case cacheUnusable
    /// A file in the cache is not what was written there. It has been removed if that was possible.
    case corruptedEntry
    /// The system would not load the compiled library, or let encoded code be executed.
    case notLoaded
    /// Code is encoded for processors of another kind only.
    case unknownProcessor
  }

  /// The sort of failure.
  public let kind: Kind
  /// What was expected and what was found, in one line.
  public let description: String

  init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description.oneLine
  }
}
