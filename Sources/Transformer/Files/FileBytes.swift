import Foundation

/// Whole files in and out, with errors of this module.
enum FileBytes {
  /// A file larger than this is refused before it is read.
  static let maximumSize = 1 << 33

  /// The path of another file in the same folder.
  static func besides(_ path: String, name: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return name }
    return path[...slash] + name
  }

  /// Whether there is anything at a path.
  static func exists(_ path: String) -> Bool {
    FileManager.default.fileExists(atPath: path)
  }

  /// Reads a regular file.
  static func read(_ path: String) throws(TransformerError) -> [UInt8] {
    let size = try regularFileSize(path, purpose: "read")
    guard let size else {
      throw TransformerError(.inaccessible, "expected a file, found nothing", file: path)
    }
    guard size <= maximumSize else {
      throw TransformerError(.oversized, "expected at most \(maximumSize) bytes, found \(size)", file: path)
    }
    do {
      return [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
    } catch {
      throw TransformerError(.inaccessible, "cannot be read", file: path)
    }
  }

  /// Writes a file by way of a temporary one, which is then renamed.
  static func write(_ bytes: [UInt8], to path: String) throws(TransformerError) {
    // Renaming replaces what is there, which must not be a device or a folder.
    _ = try regularFileSize(path, purpose: "written")
    let folder = URL(fileURLWithPath: path).deletingLastPathComponent().path
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: folder, isDirectory: &isFolder), isFolder.boolValue else {
      throw TransformerError(.inaccessible, "expected a folder \(folder) to write into", file: path)
    }
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw TransformerError(.inaccessible, "cannot be written", file: path)
    }
  }

  /// The size of a regular file, or nil when there is nothing at the path.
  private static func regularFileSize(_ path: String, purpose: String) throws(TransformerError) -> Int? {
    let target = URL(fileURLWithPath: path).resolvingSymlinksInPath().path
    guard let attributes = try? FileManager.default.attributesOfItem(atPath: target) else { return nil }
    guard attributes[.type] as? FileAttributeType == .typeRegular else {
      throw TransformerError(.inaccessible, "expected a regular file to be \(purpose)", file: path)
    }
    return (attributes[.size] as? NSNumber)?.intValue ?? 0
  }
}
