/// What is wrong with a JSON text, and where.
public struct JSONError: Error, Sendable, Equatable {
  /// The kinds of mistake.
  public enum Kind: Sendable, Equatable {
    /// A character, or the end of the text, where something else had to stand.
    case unexpected
    /// An escape sequence, control character or ill-formed UTF-8 in a string.
    case invalidString
    /// A number that JSON does not allow.
    case invalidNumber
    /// A value of another type than the reader asked for.
    case wrongType
    /// More levels of arrays and objects than the reader follows.
    case tooDeep
  }

  /// The kind of mistake.
  public let kind: Kind
  /// The offset of the first byte that is wrong.
  public let offset: Int
  /// The line of that byte, counted from 1.
  public let line: Int
  /// What was expected, in one line.
  public let message: String
}

extension JSONError: CustomStringConvertible {
  public var description: String { "line \(line) (byte \(offset)): \(message)" }
}
