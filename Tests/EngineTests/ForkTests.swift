import Engine
import Foundation
import RandomNumbers
import Testing
import Transformer

/// Copies of engines: forks of a run.
@Suite struct ForkTests {
  /// A model with hulls, indexes, lines and gathers, and tokens for it.
  private static func model() throws -> TransformerModel {
    try RandomModel.make(seed: 3100, hasRecency: true)
  }

  private static func tokens(_ model: TransformerModel, count: Int, seed: UInt64) -> [Int] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in Int.random(in: 0..<model.vocabularySize, using: &generator) }
  }

  private static func engines(_ model: TransformerModel, _ cache: CodeCache) throws -> [any TransformerEngine] {
    var engines: [any TransformerEngine] = [SparseEngine(model), try CompiledEngine(model, cache: cache)]
    #if arch(x86_64)
      engines.append(try EncodedEngine(model))
    #endif
    return engines
  }

  /// Forks that run at the same time give what they give one after the other.
  @Test func forksRunInThreadsOfTheirOwn() async throws {
    let temporary = TemporaryCache()
    let model = try Self.model()
    let prefix = Self.tokens(model, count: 300, seed: 1)
    let engines = try Self.engines(model, temporary.cache)
    for var engine in engines {
      for token in prefix { try engine.advance(token) }
      let parent = engine
      let answers = try await withThrowingTaskGroup(of: (UInt64, [Int]).self) { group in
        for seed in UInt64(2)..<10 {
          group.addTask {
            var fork = parent
            return (seed, try Self.tokens(model, count: 200, seed: seed).map { try fork.step($0) })
          }
        }
        return try await group.reduce(into: [:]) { $0[$1.0] = $1.1 }
      }
      for seed in UInt64(2)..<10 {
        var dense = DenseEngine(model)
        for token in prefix { try dense.advance(token) }
        let expected = try Self.tokens(model, count: 200, seed: seed).map { try dense.step($0) }
        #expect(answers[seed] == expected, "\(engine.name), fork \(seed)")
      }
    }
  }

  #if os(Linux)
    /// A thousand forks that go on a little leave nothing behind. In a process of its own, where nothing else takes memory.
    @Test(.disabled(if: keepsFreedMemory, "the address sanitizer keeps freed memory"))
    func forksLeaveNoMemoryBehind() async {
      await #expect(processExitsWith: .success) {
        let temporary = TemporaryCache()
        let model = try ForkTests.model()
        let prefix = ForkTests.tokens(model, count: 5000, seed: 1)
        let engines = try Self.engines(model, temporary.cache)
        for var engine in engines {
          for token in prefix { try engine.advance(token) }
          var before = 0
          for fork in 0..<1100 {
            if fork == 100 { before = ForkTests.residentBytes() }
            var copy = engine
            for token in prefix[..<3] { try copy.advance(token) }
          }
          let growth = ForkTests.residentBytes() - before
          // Each fork copies 20,000 bytes of tokens alone.
          precondition(before > 0 && growth < 4 << 20, "\(engine.name): \(growth) bytes more")
        }
      }
    }

    private static let keepsFreedMemory = ProcessInfo.processInfo.environment["ASAN_OPTIONS"] != nil

    private static func residentBytes() -> Int {
      let text = (try? String(contentsOfFile: "/proc/self/statm", encoding: .utf8)) ?? ""
      return (text.split(separator: " ").dropFirst().first.flatMap { Int($0) } ?? 0) * 4096
    }
  #endif
}
