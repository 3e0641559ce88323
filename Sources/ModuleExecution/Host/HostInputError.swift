/// Why a program's standard input cannot be read.
public struct HostInputError: Error, Hashable, Sendable, CustomStringConvertible {
  /// What the operating system says, in one line.
  public let reason: String

  public init(_ reason: String) {
    self.reason = reason
  }

  public var description: String { "standard input cannot be read: \(reason)" }
}
