import Engine
import Foundation
import RandomNumbers
import Testing
import Transformer

/// Whatever happens to compiled code, the tokens are the same, and one line says what it was.
@Suite struct CodeCacheTests {
  /// What runs where nothing is compiled.
  #if arch(x86_64)
    static let beginning = "encoded"
  #else
    static let beginning = "plan"
  #endif

  private static let tokens = [0, 1, 1, 0, 1]

  private static func model() throws -> TransformerModel {
    try RandomModel.make(seed: 7, hasRecency: true)
  }

  /// Runs a model compiled first, as far as that is possible; the name and warning of the engine that ran it.
  @discardableResult
  static func run(_ cache: CodeCache, _ comment: Comment? = nil) throws -> (name: String, warning: String?) {
    let model = try model()
    var engine = EngineChoice.compiled.engine(for: model, cache: cache)
    var dense = DenseEngine(model)
    for token in tokens { #expect(try engine.step(token) == dense.step(token), comment) }
    #expect(engine.warning?.contains("\n") != true, comment)
    return (engine.name, engine.warning)
  }

  @Test func codeIsCompiledOnceAndKeptForItsOwnerAlone() throws {
    let temporary = TemporaryCache()
    #expect(try Self.run(temporary.cache) == ("compiled", nil))
    let library = try #require(temporary.files(".library").first)
    #expect(try Self.permissions(temporary.folder.path) == 0o700)
    #expect(try Self.permissions(library.path) == 0o600)
    let date = try library.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate
    #expect(try Self.run(temporary.cache) == ("compiled", nil))
    let again = try #require(temporary.files(".library").first)
    #expect(try again.resourceValues(forKeys: [.contentModificationDateKey]).contentModificationDate == date)
    #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.folder.path).count == 1)
  }

  private static func permissions(_ path: String) throws -> Int {
    try #require(FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int)
  }

  @Test func damagedEntriesAreReplaced() throws {
    let damages: [(Data) -> Data] = [
      { $0.prefix($0.count / 2) }, { _ in Data() }, { $0 + [0] },
      { data in Data(data.enumerated().map { $0 == 700 ? $1 ^ 1 : $1 }) },
    ]
    for (number, damage) in damages.enumerated() {
      let temporary = TemporaryCache()
      try Self.run(temporary.cache)
      let file = try #require(temporary.files(".library").first)
      try damage(Data(contentsOf: file)).write(to: file)
      let (name, warning) = try Self.run(temporary.cache, "damage \(number)")
      #expect(name == "compiled" && warning?.contains(file.path) == true, "damage \(number)")
      #expect(try Self.run(temporary.cache) == ("compiled", nil), "damage \(number)")
    }
  }

  /// A damaged library does not keep another of the same source from being loaded.
  @Test func aSoundEntryBesideADamagedOneServes() throws {
    let temporary = TemporaryCache()
    try Self.run(temporary.cache)
    let file = try #require(temporary.files(".library").first)
    let key = try #require(file.lastPathComponent.split(separator: "-").first)
    for digit in ["0", "f"] {
      let name = "\(key)-\(String(repeating: digit, count: 64)).library"
      try Data("damaged".utf8).write(to: temporary.folder.appending(path: name))
    }
    #expect(try Self.run(temporary.cache) == ("compiled", nil))
    #expect(try temporary.files(".library").contains { $0.lastPathComponent == file.lastPathComponent })
  }

  @Test func entriesThatOthersCouldHaveWrittenAreNotLoaded() throws {
    let temporary = TemporaryCache()
    try Self.run(temporary.cache)
    let file = try #require(temporary.files(".library").first)
    try FileManager.default.setAttributes([.posixPermissions: 0o620], ofItemAtPath: file.path)
    #expect(try Self.run(temporary.cache).warning?.contains("this user's own") == true)
    #expect(try Self.run(temporary.cache).warning == nil)
    let elsewhere = temporary.folder.appending(path: "elsewhere")
    try FileManager.default.moveItem(at: file, to: elsewhere)
    try FileManager.default.createSymbolicLink(at: file, withDestinationURL: elsewhere)
    #expect(try Self.run(temporary.cache).warning?.contains("cannot be read") == true)
    #expect(try Self.run(temporary.cache) == ("compiled", nil))
  }

  @Test func pipesInAnEntrysPlaceAreNotWaitedFor() throws {
    let temporary = TemporaryCache()
    try Self.run(temporary.cache)
    let file = try #require(temporary.files(".library").first)
    try FileManager.default.removeItem(at: file)
    #expect(mkfifo(file.path, 0o600) == 0)
    #expect(try Self.run(temporary.cache).warning?.contains("\(file.path): the compiled code is no file") == true)
    #expect(try Self.run(temporary.cache) == ("compiled", nil))
  }

  /// An empty folder in an entry's place makes room; one that has something in it is left to whoever made it, and named.
  @Test func foldersInAnEntrysPlaceAreNamed() throws {
    let temporary = TemporaryCache()
    try Self.run(temporary.cache)
    let file = try #require(temporary.files(".library").first)
    func makeFolder() throws {
      try FileManager.default.removeItem(at: file)
      try FileManager.default.createDirectory(at: file, withIntermediateDirectories: false)
    }
    try makeFolder()
    #expect(try Self.run(temporary.cache).warning?.contains("\(file.path): the compiled code is a folder") == true)
    #expect(try Self.run(temporary.cache) == ("compiled", nil))
    try makeFolder()
    let content = file.appending(path: "content")
    try Data().write(to: content)
    for _ in 0..<2 { try Self.expectPlan(temporary, "\(file.path): the compiled code is a folder") }
    #expect(FileManager.default.fileExists(atPath: content.path))
  }

  @Test func foldersThatCannotServeAreNamed() throws {
    let open = TemporaryCache()
    try FileManager.default.createDirectory(at: open.folder, withIntermediateDirectories: false)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: open.folder.path)
    try Self.expectPlan(open, "open to other users")
    // A folder that others can write to must not be on the way either.
    try FileManager.default.setAttributes([.posixPermissions: 0o777], ofItemAtPath: open.folder.path)
    try Self.expectPlan(TemporaryCache(without: ["TVM_CACHE", "XDG_CACHE_HOME", "HOME"]), "HOME is not set")
    #if os(Linux)
      try Self.expectPlan(TemporaryCache(["TVM_CACHE": "/proc/tvm"]), "cannot be made")
    #endif
  }

  /// Root may write in any folder.
  @Test(.enabled(if: geteuid() != 0)) func aFolderWithoutPermissionToWriteIsNamed() throws {
    let closed = TemporaryCache()
    try FileManager.default.createDirectory(
      at: closed.folder, withIntermediateDirectories: false, attributes: [.posixPermissions: 0o500])
    try Self.expectPlan(closed, "cannot be written to")
  }

  /// The folder's variables are asked in their order.
  @Test func theEnvironmentNamesTheFolder() throws {
    let temporary = TemporaryCache()
    let folder = temporary.folder.path
    for (changes, place) in [
      (["XDG_CACHE_HOME": folder + "/xdg", "HOME": folder], "/xdg/tvm"),
      (["XDG_CACHE_HOME": "not absolute", "HOME": folder + "/home"], "/home/"),
    ] {
      var environment = temporary.environment.merging(changes) { $1 }
      environment["TVM_CACHE"] = nil
      #expect(try Self.run(CodeCache(environment: environment)) == ("compiled", nil))
      let files = try FileManager.default.subpathsOfDirectory(atPath: folder).map { "/" + $0 }
      #expect(files.contains { $0.hasPrefix(place) && $0.hasSuffix(".library") }, "\(place)")
    }
  }

  /// Expects a run on the plan, with a warning that has one of the given words in it.
  static func expectPlan(_ temporary: borrowing TemporaryCache, _ words: String...) throws {
    let (name, warning) = try run(temporary.cache, "\(words)")
    #expect(name == beginning)
    #expect(words.contains { warning?.contains($0) == true }, "\(warning ?? "no warning") lacks \(words)")
  }

  /// Straight-line code is for sparse models: one full of weights runs on the plan.
  @Test func modelsFullOfWeightsAreNotCompiled() throws {
    let temporary = TemporaryCache()
    var generator = SplitMix64(seed: 1)
    var sketch = ModelSketch(tokens: 3, width: 64, layers: 4, neurons: 128)
    func fill(_ matrix: inout Matrix) {
      for row in 0..<matrix.rows {
        for column in 3..<matrix.columns { matrix[row, column] = Double.random(in: -1...1, using: &generator) / 16 }
      }
    }
    fill(&sketch.embedding)
    for layer in sketch.layers.indices {
      fill(&sketch.layers[layer].feedForwardIn)
      fill(&sketch.layers[layer].feedForwardOut)
    }
    fill(&sketch.head)
    var engine = AutomaticEngine(try sketch.model(), cache: temporary.cache, compilation: .first)
    #expect(engine.name == "plan" && engine.warning?.contains("products for each token") == true)
    try engine.advance(1)
  }
}

#if os(Linux)
  /// A disk that is full, as the system tells it of files: none may grow beyond a size.
  extension CodeCacheTests {
    /// In a process of its own, since the limit is one of the process.
    @Test(arguments: [0, 2_000, 12_000])
    func aFullDiskEndsNoRun(_ size: Int) async {
      await #expect(processExitsWith: .success) { [size] in
        let temporary = TemporaryCache()
        signal(SIGXFSZ, SIG_IGN)
        var limit = rlimit(rlim_cur: rlim_t(size), rlim_max: rlim_t(size))
        precondition(setrlimit(__rlimit_resource_t(RLIMIT_FSIZE.rawValue), &limit) == 0)
        let model = try RandomModel.make(seed: 7, hasRecency: true)
        var engine = EngineChoice.compiled.engine(for: model, cache: temporary.cache)
        var dense = DenseEngine(model)
        for token in [0, 1, 1, 0, 1] {
          let (next, expected) = (try engine.step(token), try dense.step(token))
          precondition(next == expected)
        }
        let warning = engine.warning ?? "no warning"
        precondition(engine.name == CodeCacheTests.beginning && warning.contains("(the run goes on"), warning)
        precondition(!warning.contains("\n"), warning)
      }
    }
  }
#endif
