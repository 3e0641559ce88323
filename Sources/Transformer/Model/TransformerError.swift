import Files

/// Why a model could not be made, read or written: a kind, a place and one line of text.
public struct TransformerError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sort of failure, for code that reacts to it.
  public struct Kind: Hashable, Sendable {
    private let name: String
    private init(_ name: String) { self.name = name }

    /// The file cannot be opened, read or written.
    public static let inaccessible = Kind("inaccessible")
    /// The file ends before what it announces.
    public static let truncated = Kind("truncated")
    /// The file holds or announces more than it may.
    public static let oversized = Kind("oversized")
    /// Numbers that must fit together do not, or a value lies outside its range.
    public static let inconsistent = Kind("inconsistent")
    /// The bytes are not of the format that was expected.
    public static let malformed = Kind("malformed")
  }

  /// The sort of failure.
  public let kind: Kind
  /// The file's path, when a file was being read or written.
  public var file: String?
  /// The offset in that file of the first byte concerned.
  public var byte: Int?
  /// What was expected and what was found, without a place and as it stands in the file.
  public let message: String

  /// An error with as much of its place as is known.
  public init(_ kind: Kind, _ message: String, file: String? = nil, byte: Int? = nil) {
    self.kind = kind
    self.message = message
    self.file = file
    self.byte = byte
  }

  /// One line: the place as far as it is known, then the message.
  public var description: String {
    let place = [file, byte.map { "byte \($0)" }].compactMap { $0 }
    // A message repeats names from the file, which may hold anything.
    return (place + [message]).joined(separator: ": ").oneLine
  }
}
