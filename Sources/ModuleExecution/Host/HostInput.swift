public import Foundation

/// The bytes that a program reads from its standard input.
public struct HostInput: Sendable {
  private var rest: ArraySlice<UInt8>
  private let source: (@Sendable () -> [UInt8])?

  /// These bytes and no more.
  public static func bytes(_ bytes: [UInt8]) -> HostInput {
    HostInput(rest: bytes[...], source: nil)
  }

  /// What a source has to give, whenever the program wants more; an empty array is the end.
  public static func source(_ source: @escaping @Sendable () -> [UInt8]) -> HostInput {
    HostInput(rest: [], source: source)
  }

  /// What there is to be read from a file, as soon as there is something.
  public static func file(_ file: FileHandle) -> HostInput {
    source { [UInt8](file.availableData) }
  }

  /// Takes bytes, at most so many; none at the end.
  mutating func read(_ count: Int) -> ArraySlice<UInt8> {
    if rest.isEmpty, count > 0, let source { rest = source()[...] }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}
