import Engine
import Foundation
import TestSupport
import Testing

/// Which compiler is used, and what becomes of a run when it is of no use.
@Suite struct CompilerTests {
  /// A folder with an executable shell script.
  private static func script(_ text: String) throws -> (folder: URL, file: URL) {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tvm-compiler-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: false)
    let file = folder.appending(path: "compiler")
    try ShellScript.write(text, to: file)
    return (folder, file)
  }

  /// The clang that a run finds by itself.
  private static let clang: String? = {
    var environment = ProcessInfo.processInfo.environment
    if let named = environment["TVM_CLANG"], named.hasPrefix("/") { return named }
    return (environment["PATH"] ?? "").split(separator: ":").map { $0 + "/clang" }
      .first(where: FileManager.default.isExecutableFile)
  }()

  @Test func compilersThatFailAreNamed() throws {
    try CodeCacheTests.expectPlan(TemporaryCache(["TVM_CLANG": "/nowhere/clang"]), "/nowhere/clang")
    try CodeCacheTests.expectPlan(TemporaryCache(["TVM_CLANG": "/"]), "no compiler")
    try CodeCacheTests.expectPlan(TemporaryCache(["PATH": "", "HOME": "/nowhere"]), "no compiler")
    for (script, words) in [
      ("exit 3", "failed with status 3"), ("kill -9 $$", "was ended by signal 9"),
      ("echo it cannot >&2; echo second >&2; exit 1", "failed with status 1: it cannot"),
      ("printf 'it \\033[31mcannot\\n' >&2; exit 1", #"status 1: it \u{1B}[31mcannot"#),
      ("exit 0", "made no library"),
      ("while [ \"$1\" != -o ]; do shift; done; echo nothing > \"$2\"", "(the run goes on"),
    ] {
      let (folder, compiler) = try Self.script(script)
      defer { try? FileManager.default.removeItem(at: folder) }
      let temporary = TemporaryCache(["TVM_CLANG": compiler.path])
      try CodeCacheTests.expectPlan(temporary, words)
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.folder.path).isEmpty, "\(script)")
    }
  }

  /// A compiler that does not end, and one that fails and leaves somebody behind who holds what it complains to.
  @Test func nobodyWaitsForCompilersForEver() throws {
    for (script, words) in [
      ("sleep 600", "was stopped: it had not ended after 1.5 seconds"),
      ("sleep 600 & echo it cannot >&2; echo $! > \"${0%/*}/left\"; exit 1", "failed with status 1: it cannot"),
    ] {
      let (folder, compiler) = try Self.script(script)
      defer { try? FileManager.default.removeItem(at: folder) }
      let temporary = TemporaryCache(["TVM_CLANG": compiler.path])
      let cache = CodeCache(environment: temporary.environment, compilerLimit: words.contains("1.5") ? 1.5 : 300)
      let clock = ContinuousClock()
      let start = clock.now
      let (name, warning) = try CodeCacheTests.run(cache)
      #expect(clock.now - start < .seconds(300))
      #expect(name == CodeCacheTests.beginning && warning?.hasPrefix("\(compiler.path) \(words)") == true, "\(script)")
      #expect(try temporary.files("").isEmpty, "\(script)")
      if let left = try? String(contentsOf: folder.appending(path: "left"), encoding: .utf8) {
        kill(try #require(Int32(left.trimmingCharacters(in: .newlines))), SIGKILL)
      }
    }
  }

  /// What a run that begins a compilation is told at its end, when it was too short to wait for what comes of it.
  @Test func theEndOfARunTellsWhyNothingWasCompiled() throws {
    let model = try RandomModel.make(seed: 7, hasRecency: true)
    for (script, limit, words) in [
      ("sleep 600", 1.5, "was stopped before it ended"), ("exit 1", 300, "failed with status 1"),
    ] {
      let (folder, compiler) = try Self.script(script)
      defer { try? FileManager.default.removeItem(at: folder) }
      let temporary = TemporaryCache(["TVM_CLANG": compiler.path])
      let engine = AutomaticEngine(model, cache: temporary.cache, compilation: .after(tokens: 0))
      #expect(engine.finishCompiling(within: limit) == nil, "nothing was begun")
      var run = engine
      try run.advance(1)
      #expect(engine.finishCompiling(within: limit)?.description == "\(compiler.path) \(words)")
      #expect(!engine.isCompiling && run.warning == nil)
      #expect(try temporary.files("").isEmpty, "\(script)")
      // Once the run has said it, nobody says it again.
      for _ in 0..<2048 { try run.advance(1) }
      #expect(run.warning?.hasPrefix("\(compiler.path) \(words)") == true)
      #expect(engine.finishCompiling(within: limit) == nil)
    }
  }

  @Test func anEmptyNameIsNone() throws {
    #expect(try CodeCacheTests.run(TemporaryCache(["TVM_CLANG": ""]).cache) == ("compiled", nil))
  }

  private static let gcc = "/usr/bin/gcc"

  /// Another compiler would ignore what it does not know, and its code would crash.
  #if os(Linux)
    @Test(.enabled("needs gcc") { FileManager.default.isExecutableFile(atPath: gcc) })
    func anotherCompilerThanClangIsRefused() throws {
      let temporary = TemporaryCache(["TVM_CLANG": Self.gcc])
      try CodeCacheTests.expectPlan(temporary, "expected clang")
      #expect(try temporary.files("").isEmpty)
    }
  #endif

  /// What one compiler has made is not what another would make.
  @Test(.enabled("needs clang on the path") { clang != nil })
  func eachCompilerHasItsOwnEntries() throws {
    let clang = try #require(Self.clang)
    let (folder, compiler) = try Self.script("exec '\(clang)' \"$@\"")
    defer { try? FileManager.default.removeItem(at: folder) }
    let temporary = TemporaryCache(["TVM_CLANG": clang])
    let other = CodeCache(environment: temporary.environment.merging(["TVM_CLANG": compiler.path]) { $1 })
    #expect(try CodeCacheTests.run(temporary.cache) == ("compiled", nil))
    #expect(try CodeCacheTests.run(other) == ("compiled", nil))
    #expect(try temporary.files(".library").count == 2)
    // A compiler that was replaced is another one.
    try ShellScript.write("exit 1 # replaced", to: compiler)
    #expect(try CodeCacheTests.run(other).warning?.contains("failed") == true)
    #expect(try CodeCacheTests.run(temporary.cache) == ("compiled", nil))
  }
}

extension CompilerTests {
  /// What the compiler writes has the permissions that the user's mask leaves, which may be all.
  @Test func anOpenMaskKeepsNoCodeFromBeingUsed() async {
    await #expect(processExitsWith: .success) {
      umask(0)
      let temporary = TemporaryCache()
      let (name, warning) = try CodeCacheTests.run(temporary.cache)
      precondition(name == "compiled" && warning == nil, warning ?? name)
    }
  }
}
