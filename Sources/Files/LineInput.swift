#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Lines of a file that is open, such as standard input, as they come.
package final class LineInput {
  private let descriptor: Int32
  private let path: String
  private let limit: Int
  /// What was read and not returned yet, in which no line ends before `searched`.
  private var bytes: [UInt8] = []
  private var searched = 0

  /// - Parameters:
  ///   - descriptor: the open file.
  ///   - path: what it is called in errors.
  ///   - limit: the most bytes that a line may have.
  package init(_ descriptor: Int32 = 0, path: String = "standard input", limit: Int = 1 << 28) {
    self.descriptor = descriptor
    self.path = path
    self.limit = limit
  }

  /// The next line without what ends it; nil at the end of the file.
  ///
  /// - Throws: `FileError` when the file cannot be read, or the line is too long.
  package func next() throws(FileError) -> String? {
    while true {
      if let end = bytes[searched...].firstIndex(of: UInt8(ascii: "\n")) { return take(end) }
      searched = bytes.count
      guard searched <= limit else {
        throw FileError("expected a line of at most \(limit) bytes, found more", path: path)
      }
      guard try readMore() else { return bytes.isEmpty ? nil : take(searched) }
    }
  }

  /// Takes a line that ends at a place.
  private func take(_ end: Int) -> String {
    var line = bytes[..<end]
    if line.last == UInt8(ascii: "\r") { line.removeLast() }
    defer {
      bytes.removeSubrange(..<min(end + 1, bytes.count))
      searched = 0
    }
    return String(decoding: line, as: UTF8.self)
  }

  /// Waits for more bytes; false at the end.
  private func readMore() throws(FileError) -> Bool {
    let size = 1 << 16
    var count = 0
    repeat {
      let part = [UInt8](unsafeUninitializedCapacity: size) { buffer, filled in
        count = read(descriptor, buffer.baseAddress, size)
        filled = max(count, 0)
      }
      bytes += part
    } while count < 0 && errno == EINTR
    guard count >= 0 else { throw FileError("the file cannot be read", path: path) }
    return count > 0
  }
}
