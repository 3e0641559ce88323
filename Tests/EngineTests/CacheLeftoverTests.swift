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
    let (hash, other) = (String(repeating: "0a", count: 32), String(repeating: "9f", count: 32))
    let short = hash.dropLast()
    func temporaryName() -> String { "temporary-\(UUID().uuidString)" }
    let ages: [(String, Double, stays: Bool)] = [
      (temporaryName(), 7200, false), (temporaryName() + "/", 7200, false), (temporaryName(), 60, true),
      (temporaryName() + "/", 60, true), ("\(hash)-\(hash).library", 31 * Self.day, false),
      ("\(hash)-\(other).library", 29 * Self.day, true), (used, 29 * Self.day, true),
      // Names that the cache never gives.
      ("temporary-tables/", 7200, true), ("temporary-", 7200, true), (temporaryName().lowercased(), 7200, true),
      (temporaryName() + "0", 7200, true), ("copy-of-\(temporaryName())", 7200, true),
      ("\(hash).library", 1000 * Self.day, true), ("\(short)-\(hash).library", 1000 * Self.day, true),
      ("\(short)g-\(hash).library", 1000 * Self.day, true), ("\(hash)-\(hash)-\(hash).library", 1000 * Self.day, true),
      ("\(short)A-\(hash).library", 1000 * Self.day, true), ("\(other)-\(other).sha256", 1000 * Self.day, true),
      ("photos.library", 1000 * Self.day, true), ("iso.sha256", 1000 * Self.day, true),
      ("notes.txt", 1000 * Self.day, true),
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
