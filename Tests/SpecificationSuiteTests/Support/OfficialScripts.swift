import Foundation

/// The official suite, or a part of it: at `TVM_SPEC`, or beside the package in `../shared/spec`.
enum OfficialScripts {
  static let absence = "no specification suite at TVM_SPEC or ../shared/spec"

  /// The suite's folder, where there is one.
  static let folder: URL? = {
    let packageRoot = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "../../..")
    let candidate =
      ProcessInfo.processInfo.environment["TVM_SPEC"].map { URL(filePath: $0) }
      ?? packageRoot.appending(path: "../shared/spec")
    return FileManager.default.fileExists(atPath: candidate.path) ? candidate.standardizedFileURL : nil
  }()

  /// The paths of the scripts, one in each folder, in the order of their names.
  static func files() throws -> [String] {
    guard let folder else { return [] }
    return try FileManager.default.contentsOfDirectory(atPath: folder.path).sorted()
      .map { folder.appending(path: "\($0)/\($0).json").path(percentEncoded: false) }
      .filter { FileManager.default.fileExists(atPath: $0) }
  }
}
