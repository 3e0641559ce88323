import Foundation

/// Which file a path means, in whatever words: by the file itself, or by its name in its folder where there is none yet.
package struct FilePlace: Hashable, Sendable {
  private let device: UInt64
  private let number: UInt64
  /// Nil for a file that is there.
  private let name: String?

  /// Nil where there is not even a folder for the file.
  package init?(of path: String) {
    var status = stat()
    if stat(path, &status) == 0 {
      name = nil
    } else {
      let target = URL(fileURLWithPath: FileKind.target(of: path))
      guard stat(target.deletingLastPathComponent().path, &status) == 0 else { return nil }
      name = target.lastPathComponent
    }
    device = UInt64(truncatingIfNeeded: status.st_dev)
    number = UInt64(truncatingIfNeeded: status.st_ino)
  }
}
