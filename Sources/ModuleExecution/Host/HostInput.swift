public import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The bytes that a program reads from its standard input.
public struct HostInput: Sendable {
  private var rest: ArraySlice<UInt8>
  private let source: (@Sendable () throws(HostInputError) -> [UInt8])?

  /// These bytes and no more.
  public static func bytes(_ bytes: [UInt8]) -> HostInput {
    HostInput(rest: bytes[...], source: nil)
  }

  /// What a source has to give, whenever the program wants more; an empty array is the end.
  public static func source(_ source: @escaping @Sendable () throws(HostInputError) -> [UInt8]) -> HostInput {
    HostInput(rest: [], source: source)
  }

  /// What there is to be read from a file, as soon as there is something.
  ///
  /// - Parameter prepare: called before each time that the file is waited for.
  public static func file(_ file: FileHandle, prepare: @escaping @Sendable () -> Void = {}) -> HostInput {
    source { () throws(HostInputError) -> [UInt8] in
      prepare()
      return try nextBytes(of: file.fileDescriptor)
    }
  }

  /// Takes bytes, at most so many; none at the end.
  mutating func read(_ count: Int) throws(HostInputError) -> ArraySlice<UInt8> {
    if rest.isEmpty, count > 0, let source { rest = try source()[...] }
    defer { rest = rest.dropFirst(count) }
    return rest.prefix(count)
  }
}

/// What a file has to give now, some kilobytes at most; waits until there is something, and gives nothing at the end.
///
/// The system's own function, because `FileHandle` either waits for all the bytes that it is asked for or ends the process when
/// there is an error.
private func nextBytes(of descriptor: Int32) throws(HostInputError) -> [UInt8] {
  var buffer = [UInt8](repeating: 0, count: 1 << 16)
  while true {
    let (count, code) = buffer.withUnsafeMutableBytes { bytes -> (Int, Int32) in
      let count = read(descriptor, bytes.baseAddress, bytes.count)
      return (count, errno)
    }
    if count >= 0 { return Array(buffer.prefix(count)) }
    guard code == EINTR else { throw HostInputError(String(cString: strerror(code))) }
  }
}
