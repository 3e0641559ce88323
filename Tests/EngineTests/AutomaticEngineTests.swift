import Engine
import Foundation
import RandomNumbers
import TestSupport
import Testing
import Transformer

@Suite struct AutomaticEngineTests {
  /// What runs where nothing is compiled.
  #if arch(x86_64)
    private static let beginning = "encoded"
  #else
    private static let beginning = "plan"
  #endif

  private static func model() throws -> TransformerModel {
    try RandomModel.make(seed: 11, hasRecency: true)
  }

  /// Steps two engines until a condition holds, and some more; the tokens must be the same.
  private static func compare(
    _ engine: inout AutomaticEngine, _ dense: inout DenseEngine, until isDone: (borrowing AutomaticEngine) -> Bool
  ) throws {
    let deadline = ContinuousClock.now + patience
    var generator = SplitMix64(seed: 12)
    var rest = 100
    // Ever more slowly: the compiler is asked every thousand tokens, and each makes the dense engine slower.
    var pause = 0.001
    while rest > 0, ContinuousClock.now < deadline {
      if isDone(engine) {
        rest -= 1
      } else {
        Thread.sleep(forTimeInterval: pause)
        pause *= 1.0005
      }
      let token = Int.random(in: 0..<engine.vocabularySize, using: &generator)
      #expect(try engine.step(token) == dense.step(token))
    }
    #expect(rest == 0, "the engine did not change in time")
  }

  @Test func aRunGoesOnWithCodeOnceThereIsSome() throws {
    let temporary = TemporaryCache()
    let model = try Self.model()
    var engine = AutomaticEngine(model, cache: temporary.cache, compilation: .after(tokens: 20))
    var dense = DenseEngine(model)
    try Self.compare(&engine, &dense) { $0.name.hasPrefix("\(Self.beginning), compiled from token ") }
    #expect(engine.warning == nil)
    #expect(AutomaticEngine(model, cache: temporary.cache).name == "compiled")
  }

  @Test func shortRunsStartNoCompiler() throws {
    let temporary = TemporaryCache(["TVM_CLANG": "/nowhere"])
    var engine = AutomaticEngine(try Self.model(), cache: temporary.cache, compilation: .after(tokens: 20))
    for _ in 0..<20 { try engine.advance(1) }
    #expect(engine.name == Self.beginning && engine.warning == nil)
    try engine.advance(1)
    #expect(engine.name == Self.beginning)
  }

  @Test func aCompilerThatFailsEndsNoRun() throws {
    let temporary = TemporaryCache(["TVM_CLANG": "/nowhere"])
    let model = try Self.model()
    var engine = AutomaticEngine(model, cache: temporary.cache, compilation: .after(tokens: 20))
    var dense = DenseEngine(model)
    try Self.compare(&engine, &dense) { $0.warning?.contains("/nowhere") == true }
    #expect(engine.name == Self.beginning)
  }

  /// What a run was too short to use is there for the next.
  @Test func compilationsOutliveTheRunThatBeganThem() throws {
    let temporary = TemporaryCache()
    let model = try Self.model()
    let engine = AutomaticEngine(model, cache: temporary.cache, compilation: .after(tokens: 20))
    #expect(!engine.isCompiling)
    do {
      var run = engine
      for _ in 0...20 { try run.advance(1) }
    }
    #expect(engine.finishCompiling(within: 300) == nil)
    #expect(!engine.isCompiling)
    #expect(AutomaticEngine(model, cache: temporary.cache).name == "compiled")
  }

  /// A compiler that is stopped takes with it what it has started.
  @Test func stoppedCompilersLeaveNobodyBehind() throws {
    let temporary = TemporaryCache()
    try FileManager.default.createDirectory(at: temporary.folder, withIntermediateDirectories: true)
    func file(_ name: String) -> URL { temporary.folder.appending(path: name) }
    // What the compiler has started holds the pipe's other end for as long as it lives.
    #expect(mkfifo(file("pipe").path, 0o600) == 0)
    var pipe = pollfd(fd: open(file("pipe").path, O_RDONLY | O_NONBLOCK), events: Int16(POLLIN), revents: 0)
    defer { close(pipe.fd) }
    let script = "cd '\(temporary.folder.path)'\n(echo > started; exec sleep 600) > pipe &\nwait"
    try ShellScript.write(script, to: file("compiler"))
    let cache = TemporaryCache(["TVM_CLANG": file("compiler").path])
    do {
      var engine = AutomaticEngine(try Self.model(), cache: cache.cache, compilation: .after(tokens: 0))
      try engine.advance(1)
      while !FileManager.default.fileExists(atPath: file("started").path) { Thread.sleep(forTimeInterval: 0.01) }
      #expect(poll(&pipe, 1, 0) == 0)
    }
    #expect(poll(&pipe, 1, 300_000) == 1)
    #expect(pipe.revents & Int16(POLLHUP) != 0)
  }

  /// Forks share the compiler; each goes on with the code.
  @Test func forksGetTheCode() throws {
    let temporary = TemporaryCache()
    let model = try Self.model()
    var engine = AutomaticEngine(model, cache: temporary.cache, compilation: .after(tokens: 20))
    var dense = DenseEngine(model)
    for _ in 0..<30 {
      #expect(try engine.step(1) == dense.step(1))
    }
    var fork = engine
    var denseFork = dense
    try Self.compare(&engine, &dense) { $0.name.hasPrefix("\(Self.beginning), compiled") }
    try Self.compare(&fork, &denseFork) { $0.name.hasPrefix("\(Self.beginning), compiled") }
  }

  @Test func everyChoiceSaysWhatItRuns() throws {
    let temporary = TemporaryCache()
    let model = try Self.model()
    let names: [(EngineChoice, String)] = [
      (.dense, "dense"), (.plan, "plan"), (.automatic, Self.beginning), (.compiled, "compiled"),
      (.automatic, "compiled"),
    ]
    for (choice, name) in names {
      let engine = choice.engine(for: model, cache: temporary.cache)
      #expect(engine.name == name)
      #expect(engine.warning == nil)
    }
  }

  #if arch(x86_64)
    @Test func encodedCodeIsNotCompiled() throws {
      let temporary = TemporaryCache()
      var engine = AutomaticEngine(try Self.model(), cache: temporary.cache, compilation: .never)
      for _ in 0..<2000 { try engine.advance(1) }
      #expect(engine.name == "encoded" && engine.warning == nil)
      #expect(!FileManager.default.fileExists(atPath: temporary.folder.path))
      #expect(EngineChoice.encoded.engine(for: try Self.model(), cache: temporary.cache).name == "encoded")
    }
  #endif
}
