import Foundation

/// Reads files that a user names, and writes those that a user asks for.
package enum InputFile {
  /// The bytes of a file.
  ///
  /// - Throws: ``VirtualMachineError`` when it is missing, a folder, empty (unless allowed) or unreadable.
  package static func bytes(of path: String, allowEmpty: Bool = false) throws(VirtualMachineError) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) else {
      throw VirtualMachineError("no such file", subject: path)
    }
    if isFolder.boolValue { throw VirtualMachineError("expected a file, found a folder", subject: path) }
    guard let data = FileManager.default.contents(atPath: path) else {
      throw VirtualMachineError("the file cannot be read", subject: path)
    }
    if data.isEmpty && !allowEmpty { throw VirtualMachineError("the file is empty", subject: path) }
    return Array(data)
  }

  /// The text of a file.
  ///
  /// - Throws: ``VirtualMachineError`` as ``bytes(of:allowEmpty:)`` does, and when it is not UTF-8.
  package static func text(of path: String) throws(VirtualMachineError) -> String {
    let bytes = try bytes(of: path)
    guard let text = String(validating: bytes, as: UTF8.self) else {
      throw VirtualMachineError("expected UTF-8 text", subject: path)
    }
    return text
  }

  /// Writes a file as a whole or not at all.
  ///
  /// - Throws: ``VirtualMachineError`` when it cannot be written; what was there before is then still there.
  package static func write(_ bytes: some Sequence<UInt8>, to path: String) throws(VirtualMachineError) {
    do {
      try Data(bytes).write(to: URL(fileURLWithPath: path), options: .atomic)
    } catch {
      throw VirtualMachineError("the file cannot be written", subject: path)
    }
  }
}
