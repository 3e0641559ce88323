import Foundation

/// Writes files that a user asks for.
package enum OutputFile {
  /// The paths by which standard output is meant, whatever that is.
  private static let standardOutputs = ["/dev/stdout", "/dev/fd/1"]

  /// Writes a file as a whole or not at all: under another name, which then takes the place of what was there. A symbolic
  /// link stays and the file that it leads to is replaced. A pipe, terminal or device takes the bytes as they are.
  ///
  /// - Throws: `FileError` when it cannot be written; what was there before is then still there.
  package static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(FileError) {
    if standardOutputs.contains(path) {
      return try writeToStandardOutput(bytes)
    }
    switch FileKind(of: path) {
    case .folder: throw FileError("expected a file to write, found a folder", path: path)
    case .stream: try stream(Data(bytes), into: path)
    case .nothing, .regular: try replace(path, with: Data(bytes))
    }
  }

  /// Finds out early what would keep a file from being written.
  ///
  /// - Throws: `FileError` when it is a folder, or there is no folder to hold it in which files can be made.
  package static func check(_ path: String) throws(FileError) {
    if standardOutputs.contains(path) { return }
    switch FileKind(of: path) {
    case .folder: throw FileError("expected a file to write, found a folder", path: path)
    case .stream: return
    case .nothing, .regular:
      let folder = try folder(of: FileKind.target(of: path), path: path)
      guard FileManager.default.isWritableFile(atPath: folder.path) else {
        throw FileError("expected a folder \(folder.path) that can be written to", path: path)
      }
    }
  }

  /// The folder that a file is in.
  private static func folder(of target: String, path: String) throws(FileError) -> URL {
    let folder = URL(fileURLWithPath: target).deletingLastPathComponent()
    guard FileKind(of: folder.path) == .folder else {
      throw FileError("expected a folder \(folder.path) to write into", path: path)
    }
    return folder
  }

  /// Writes bytes to standard output.
  ///
  /// - Throws: `FileError` when nobody takes them.
  package static func writeToStandardOutput(_ bytes: some Sequence<UInt8>) throws(FileError) {
    try write(Data(bytes), to: .standardOutput, path: "standard output")
  }

  private static func replace(_ path: String, with data: Data) throws(FileError) {
    let target = FileKind.target(of: path)
    let folder = try folder(of: target, path: path)
    let temporary = folder.appendingPathComponent(".\(UUID().uuidString).tmp").path
    let permissions = (try? FileManager.default.attributesOfItem(atPath: target))?[.posixPermissions]
    guard
      FileManager.default.createFile(
        atPath: temporary, contents: data, attributes: permissions.map { [.posixPermissions: $0] }),
      rename(temporary, target) == 0
    else {
      try? FileManager.default.removeItem(atPath: temporary)
      throw FileError("the file cannot be written", path: path)
    }
  }

  private static func stream(_ data: Data, into path: String) throws(FileError) {
    guard let file = FileHandle(forWritingAtPath: path) else {
      throw FileError("cannot be opened for writing", path: path)
    }
    defer { try? file.close() }
    try write(data, to: file, path: path)
  }

  private static func write(_ data: Data, to file: FileHandle, path: String) throws(FileError) {
    do {
      try file.write(contentsOf: data)
    } catch {
      throw FileError("the file cannot be written", path: path)
    }
  }
}
