import Files

/// Whole files in and out, with errors of this module.
enum FileBytes {
  /// The path of another file in the same folder.
  static func besides(_ path: String, name: String) -> String {
    guard let slash = path.lastIndex(of: "/") else { return name }
    return path[...slash] + name
  }

  /// Reads a file.
  static func read(_ path: String) throws(TransformerError) -> [UInt8] {
    do {
      return try InputFile.bytes(of: path, allowEmpty: true)
    } catch {
      throw TransformerError(error)
    }
  }

  /// Writes a file as a whole or not at all.
  static func write(_ bytes: [UInt8], to path: String) throws(TransformerError) {
    do {
      try OutputFile.write(bytes, to: path)
    } catch {
      throw TransformerError(error)
    }
  }
}

extension TransformerError {
  /// A file that cannot be read or written.
  fileprivate init(_ error: FileError) {
    self.init(.inaccessible, error.message, file: error.path)
  }
}
