import Foundation

/// Reads files that a user names.
package enum InputFile {
  /// What is larger is refused, a file of more than 8 GiB, a pipe that brings more than 256 MiB.
  private static let maximumSizes: [FileKind: Int] = [.regular: 1 << 33, .stream: 1 << 28]

  /// The bytes of a file, or of a pipe until its end.
  ///
  /// - Parameter limit: the most bytes that it may have, where that is less than what is read of any file.
  /// - Throws: `FileError` when it is missing, a folder, empty (unless allowed), too large or unreadable.
  package static func bytes(
    of path: String, allowEmpty: Bool = false, limit: Int = .max
  ) throws(FileError) -> [UInt8] {
    let kind = FileKind(of: path)
    switch kind {
    case .nothing: throw FileError("no such file", path: path)
    case .folder: throw FileError("expected a file, found a folder", path: path)
    case .regular, .stream: break
    }
    guard let file = FileHandle(forReadingAtPath: path) else { throw FileError("the file cannot be read", path: path) }
    defer { try? file.close() }
    let bytes = try bytes(of: file, limit: min(limit, maximumSizes[kind] ?? 0), path: path)
    if bytes.isEmpty && !allowEmpty { throw FileError("the file is empty", path: path) }
    return bytes
  }

  /// The text of a file.
  ///
  /// - Throws: `FileError` as ``bytes(of:allowEmpty:limit:)`` does, and when it is not UTF-8.
  package static func text(of path: String, limit: Int = .max) throws(FileError) -> String {
    guard let text = String(validating: try bytes(of: path, limit: limit), as: UTF8.self) else {
      throw FileError("expected UTF-8 text", path: path)
    }
    return text
  }

  /// The bytes of standard input until its end, at most as many as of a pipe.
  ///
  /// - Throws: `FileError` when it is closed, a folder or otherwise unreadable, or brings too much.
  package static func standardInput() throws(FileError) -> [UInt8] {
    try bytes(of: .standardInput, limit: maximumSizes[.stream] ?? 0, path: "standard input")
  }

  private static func bytes(of file: FileHandle, limit: Int, path: String) throws(FileError) -> [UInt8] {
    var bytes: [UInt8] = []
    while true {
      let part: Data?
      do {
        part = try file.read(upToCount: 1 << 24)
      } catch {
        throw FileError("the file cannot be read", path: path)
      }
      guard let part, !part.isEmpty else { return bytes }
      guard bytes.count + part.count <= limit else {
        throw FileError("expected at most \(limit) bytes, found more", path: path)
      }
      bytes.append(contentsOf: part)
    }
  }
}
