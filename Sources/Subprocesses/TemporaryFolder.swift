package import Foundation

/// A folder for this user alone and for a while. A signal that ends the process removes it, too, where ``SignalCleanup`` is installed.
package struct TemporaryFolder: Sendable {
  package let url: URL

  /// Makes a folder.
  ///
  /// - Parameters:
  ///   - prefix: how its name begins.
  ///   - parent: where it is, in the folder for temporary files unless told otherwise.
  /// - Throws: what the system says when it cannot be made.
  package init(_ prefix: String, in parent: URL = FileManager.default.temporaryDirectory) throws {
    url = parent.appending(path: "\(prefix)\(UUID().uuidString)", directoryHint: .isDirectory)
    Leftovers.ofProcess.add(folder: url.path)
    do {
      try FileManager.default.createDirectory(
        at: url, withIntermediateDirectories: true, attributes: [.posixPermissions: 0o700])
    } catch {
      Leftovers.ofProcess.forget(folder: url.path)
      throw error
    }
  }

  /// Removes it with all that is in it.
  package func remove() {
    try? FileManager.default.removeItem(at: url)
    Leftovers.ofProcess.forget(folder: url.path)
  }
}
