import Files

/// Why a model cannot be read or run: a kind, the file concerned and one line of text.
public struct LanguageModelError: Error, Hashable, Sendable {
  /// The sort of failure, for code that reacts to it.
  public struct Kind: Hashable, Sendable {
    private let name: String
    private init(_ name: String) { self.name = name }

    /// A file cannot be opened, read or written.
    public static let inaccessible = Kind("inaccessible")
    /// A file is where another should be written.
    public static let occupied = Kind("occupied")
    /// A file that the index names does not exist.
    public static let missingShard = Kind("missing shard")
    /// A file ends before what it announces.
    public static let truncated = Kind("truncated")
    /// A file is not of the format it should be.
    public static let malformed = Kind("malformed")
    /// The configuration lacks a value, or has one that cannot be.
    public static let configuration = Kind("configuration")
    /// The configuration asks for what is not implemented.
    public static let unsupported = Kind("unsupported")
    /// No file has a tensor that the model needs.
    public static let missingTensor = Kind("missing tensor")
    /// A tensor has another shape than the configuration says.
    public static let wrongShape = Kind("wrong shape")
    /// A tensor's numbers are of a type that the model cannot use there.
    public static let wrongType = Kind("wrong type")
    /// The numbers that the model computed cannot be used.
    public static let output = Kind("output")
    /// The task was cancelled.
    public static let cancelled = Kind("cancelled")
    /// An argument is outside its range.
    public static let argument = Kind("argument")
  }

  /// The sort of failure.
  public let kind: Kind
  /// The path of the file at fault, when there is one.
  public let file: String?
  /// What was expected and what was found, in one line.
  public let message: String

  /// An error about a file, or about an argument.
  public init(_ kind: Kind, file: String? = nil, _ message: String) {
    self.kind = kind
    self.file = file
    self.message = message
  }
}

extension LanguageModelError: CustomStringConvertible {
  /// One line: the file, then the message; line breaks in names are escaped.
  public var description: String {
    (file.map { "\($0): \(message)" } ?? message).oneLine
  }
}
