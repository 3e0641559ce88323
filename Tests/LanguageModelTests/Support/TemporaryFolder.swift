import Foundation

/// Calls the body with the path of a new folder, which is then removed.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "language-model-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// Copies a fixture to a folder, so that a test can damage it.
func copy(_ fixture: Fixture, to folder: String) throws {
  for name in try FileManager.default.contentsOfDirectory(atPath: fixture.folder) {
    try FileManager.default.copyItem(atPath: "\(fixture.folder)/\(name)", toPath: "\(folder)/\(name)")
  }
}
