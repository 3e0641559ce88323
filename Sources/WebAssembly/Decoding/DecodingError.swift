/// Why bytes are not a WebAssembly module, and where.
public struct DecodingError: Error, Hashable, Sendable {
  /// What is malformed, in the words of the specification's own test suite.
  public struct Kind: RawRepresentable, Hashable, Sendable {
    public let rawValue: String

    public init(rawValue: String) { self.rawValue = rawValue }
  }

  /// What is malformed.
  public var kind: Kind
  /// Where in the file: the byte that is wrong, or the first one that is missing.
  public var offset: Int
  /// What was being read there, such as `a local index`.
  public var expected: String

  /// An error of `kind` at byte `offset`, where `expected` should have been.
  public init(_ kind: Kind, offset: Int, expected: String) {
    self.kind = kind
    self.offset = offset
    self.expected = expected
  }
}
