import Foundation

/// Calls the body with the path of a new folder, which is then removed.
func withTemporaryFolder<Result>(_ body: (String) throws -> Result) throws -> Result {
  let folder = FileManager.default.temporaryDirectory.appending(path: "language-model-\(UUID().uuidString)")
  try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
  defer { try? FileManager.default.removeItem(at: folder) }
  return try body(folder.path)
}

/// Changes a model folder's config.json.
func configure(_ folder: String, _ changes: [String: Any?]) throws {
  let path = URL(filePath: "\(folder)/config.json")
  var object = try JSONSerialization.jsonObject(with: Data(contentsOf: path)) as? [String: Any] ?? [:]
  for (key, value) in changes { object[key] = value }
  try JSONSerialization.data(withJSONObject: object).write(to: path)
}

/// Copies a fixture to a folder, so that a test can damage it.
func copy(_ fixture: Fixture, to folder: String) throws {
  for name in try FileManager.default.contentsOfDirectory(atPath: fixture.folder) {
    try FileManager.default.copyItem(atPath: "\(fixture.folder)/\(name)", toPath: "\(folder)/\(name)")
  }
}
