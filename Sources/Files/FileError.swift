/// Why a file could not be read or written.
public struct FileError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The path as the user gave it.
  public let path: String
  /// What was expected and what was found, without the path.
  public let message: String

  package init(_ message: String, path: String) {
    self.path = path
    self.message = message
  }

  /// One line: the path, or that there is none, then the message.
  public var description: String {
    "\(path.isEmpty ? "an empty name" : path): \(message)".oneLine
  }
}
