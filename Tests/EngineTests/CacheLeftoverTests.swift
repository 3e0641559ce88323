import Engine
import Foundation
import Testing

/// What disappears from the folder of compiled code, and what stays there.
@Suite struct CacheLeftoverTests {
  private static let day = 86_400.0

  private static func setAge(_ seconds: Double, of file: URL) throws {
    try FileManager.default.setAttributes(
      [.modificationDate: Date(timeIntervalSinceNow: -seconds)], ofItemAtPath: file.path)
  }

  /// Compiles something that is not in the cache yet.
  private static func compile(in cache: borrowing TemporaryCache) throws {
    let model = try RandomModel.make(seed: 8, hasRecency: false)
    #expect(EngineChoice.compiled.engine(for: model, cache: cache.cache).name == "compiled")
  }

  /// What a killed process has left disappears when it is old; what another process may be writing stays, and so does what is no
  /// business of the cache's.
  @Test func leftoversAreRemovedInTime() throws {
    let temporary = TemporaryCache()
    try CodeCacheTests.run(temporary.cache)
    let used = try #require(temporary.files(".library").first).lastPathComponent
    let ages: [(String, Double, stays: Bool)] = [
      ("temporary-file", 7200, false), ("temporary-folder/", 7200, false), ("temporary-new", 60, true),
      ("temporary-newer/", 60, true), ("old.library", 31 * Self.day, false), ("old.sha256", 31 * Self.day, false),
      ("recent.library", 29 * Self.day, true), ("notes.txt", 1000 * Self.day, true), (used, 29 * Self.day, true),
    ]
    for (name, age, _) in ages {
      let file = temporary.folder.appending(path: name)
      if name.hasSuffix("/") {
        try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
        try Data().write(to: file.appending(path: "source.c"))
      } else if name != used {
        try Data().write(to: file)
      }
      try Self.setAge(age, of: file)
    }
    try Self.compile(in: temporary)
    for (name, _, stays) in ages {
      let path = temporary.folder.appending(path: name).path
      #expect(FileManager.default.fileExists(atPath: path) == stays, "\(name)")
    }
  }

  /// The thirty days begin again whenever an entry is loaded.
  @Test func entriesInUseStay() throws {
    let temporary = TemporaryCache()
    try CodeCacheTests.run(temporary.cache)
    let file = try #require(temporary.files(".library").first)
    try Self.setAge(31 * Self.day, of: file)
    #expect(try CodeCacheTests.run(temporary.cache) == ("compiled", nil))
    try Self.compile(in: temporary)
    #expect(FileManager.default.fileExists(atPath: file.path))
    try Self.setAge(31 * Self.day, of: file)
    try FileManager.default.removeItem(at: #require(temporary.files(".library").first { $0.path != file.path }))
    try Self.compile(in: temporary)
    #expect(!FileManager.default.fileExists(atPath: file.path))
  }
}
