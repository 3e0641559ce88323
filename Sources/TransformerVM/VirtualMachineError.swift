import Files

/// A mistake in what a user gave, with the file it is about.
public struct VirtualMachineError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The file or argument concerned, nil where there is none.
  public let subject: String?
  /// What was expected and what was found.
  public let message: String

  public init(_ message: String, subject: String? = nil) {
    self.subject = subject
    self.message = message
  }

  /// One line: the subject if there is one, then the message.
  public var description: String {
    (subject.map { "\($0): \(message)" } ?? message).oneLine
  }
}
