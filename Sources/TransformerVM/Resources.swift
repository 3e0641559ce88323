import Files
import Foundation

/// The files that ship with the package.
enum Resources {
  /// The place of a file or folder.
  static func url(_ path: String) -> URL {
    Bundle.module.bundleURL.appendingPathComponent(path)
  }

  /// The path of a file or folder.
  static func path(_ path: String) -> String {
    url(path).path
  }

  /// The text of a file.
  static func text(_ path: String) throws(VirtualMachineError) -> String {
    try VirtualMachineError.naming { () throws(FileError) in try InputFile.text(of: self.path(path)) }
  }
}
