import Engine
import Foundation

/// A cache in a folder that disappears.
struct TemporaryCache: ~Copyable {
  let folder: URL
  let environment: [String: String]

  var cache: CodeCache { CodeCache(environment: environment) }

  /// - Parameters:
  ///   - changes: What the environment has besides.
  ///   - removed: Variables that it lacks.
  init(_ changes: [String: String] = [:], without removed: [String] = []) {
    folder = FileManager.default.temporaryDirectory.appending(path: "tvm-engine-\(UUID().uuidString)")
    var environment = ProcessInfo.processInfo.environment
    environment["TVM_CACHE"] = folder.path
    for (name, value) in changes { environment[name] = value }
    for name in removed { environment[name] = nil }
    self.environment = environment
  }

  deinit {
    try? FileManager.default.removeItem(at: folder)
  }

  /// The files of a kind.
  func files(_ ending: String) throws -> [URL] {
    try FileManager.default.contentsOfDirectory(at: folder, includingPropertiesForKeys: nil)
      .filter { $0.lastPathComponent.hasSuffix(ending) }
  }
}
