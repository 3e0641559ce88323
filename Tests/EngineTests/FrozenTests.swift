import Engine
import MemoryImage
import RandomNumbers
import Testing
import Transformer

/// Copies of engines whose memory is frozen.
@Suite struct FrozenTests {
  private static let prefixLength = 6000

  private static func tokens(_ model: TransformerModel, count: Int, seed: UInt64) -> [Int] {
    var generator = SplitMix64(seed: seed)
    return (0..<count).map { _ in Int.random(in: 0..<model.vocabularySize, using: &generator) }
  }

  /// What a model says behind a prefix, token by token.
  private static func expected(_ model: TransformerModel, _ prefix: [Int], _ tokens: [Int]) throws -> [Int] {
    var engine = SparseEngine(model)
    for token in prefix { try engine.advance(token) }
    return try tokens.map { try engine.step($0) }
  }

  private static func engines(_ model: TransformerModel, _ cache: CodeCache) throws -> [any PlannedEngine] {
    var engines: [any PlannedEngine] = [SparseEngine(model), try CompiledEngine(model, cache: cache)]
    #if arch(x86_64)
      engines.append(try EncodedEngine(model))
    #endif
    return engines
  }

  /// Copies go on, each its own way, while the frozen engine stays where it is and goes on at last.
  @Test(arguments: [3100, 3101, 3102])
  func copiesSayWhatTheEngineWouldHaveSaid(seed: Int) throws {
    let temporary = TemporaryCache()
    let model = try RandomModel.make(seed: UInt64(seed), hasRecency: true)
    let prefix = Self.tokens(model, count: Self.prefixLength, seed: 1)
    for engine in try Self.engines(model, temporary.cache) { try check(engine, model, prefix) }
  }

  private func check(_ engine: some PlannedEngine, _ model: TransformerModel, _ prefix: [Int]) throws {
    var trunk = engine
    try trunk.read(prefix.map(Int32.init))
    trunk.run.freeze()
    var forks = Array(repeating: trunk, count: 3)
    let ways = (2..<5).map { Self.tokens(model, count: 3000, seed: $0) }
    // In turns, so that each could disturb the others.
    var said: [[Int]] = [[], [], []]
    for place in 0..<3000 {
      for fork in 0..<3 { said[fork].append(try forks[fork].step(ways[fork][place])) }
    }
    for fork in 0..<3 { #expect(said[fork] == (try Self.expected(model, prefix, ways[fork])), "fork \(fork)") }
    #expect(trunk.position == prefix.count)

    // A fork of a fork, and the trunk itself.
    forks[0].run.freeze()
    forks[0].run.freeze()
    let more = Self.tokens(model, count: 500, seed: 9)
    let expected = try Self.expected(model, prefix + ways[0], more)
    var second = forks[0]
    #expect(try more.map { try second.step($0) } == expected)
    #expect(try more.map { try forks[0].step($0) } == expected)
    #expect(try ways[1].map { try trunk.step($0) } == said[1])
  }

  @Test func anEngineThatHasReadNothingCanBeFrozen() throws {
    let model = try RandomModel.make(seed: 3100, hasRecency: true)
    var engine = SparseEngine(model)
    engine.run.freeze()
    var fork = engine
    let tokens = Self.tokens(model, count: 50, seed: 1)
    #expect(try tokens.map { try fork.step($0) } == Self.expected(model, [], tokens))
  }

  /// What an index cannot hold makes a fork read everything again, and nobody else.
  @Test func aForkFallsBackToAHullAlone() throws {
    var kinds = (0..<1500).map { KeyedModel.Token(number: $0, query: Double($0), value: $0 % 7) }
    kinds.append(KeyedModel.Token(key: (0.3, 5), query: (1, 3), value: 3))
    let model = try KeyedModel.model(kinds)
    let prefix = (0..<3000).map { $0 % 1500 }
    var trunk = SparseEngine(model)
    for token in prefix { try trunk.advance(token) }
    trunk.run.freeze()
    var (odd, plain) = (trunk, trunk)
    let odds = [1500, 3, 1499, 1500]
    #expect(try odds.map { try odd.step($0) } == Self.expected(model, prefix, odds))
    #expect(try [5, 9].map { try plain.step($0) } == Self.expected(model, prefix, [5, 9]))
    // Now that there is a hull, it is shared in the same way.
    odd.run.freeze()
    var fork = odd
    let rest = [7, 1500, 8]
    #expect(try rest.map { try fork.step($0) } == Self.expected(model, prefix + odds, rest))
  }

  #if os(Linux)
    /// However much was read, a fork that goes on a little takes as much memory.
    @Test func aForkTakesWhatItWrites() throws {
      let model = try RandomModel.make(seed: 3100, hasRecency: true)
      let bytes = try [20_000, 200_000].map { length in
        var trunk = SparseEngine(model)
        try trunk.read(Self.tokens(model, count: length, seed: 1).map(Int32.init))
        let whole = trunk.run.ownByteCount
        trunk.run.freeze()
        var fork = trunk
        for token in Self.tokens(model, count: 10, seed: 2) { try fork.advance(token) }
        #expect(fork.run.ownByteCount < whole / 4, "\(fork.run.ownByteCount) of \(whole) bytes")
        return fork.run.ownByteCount
      }
      #expect(bytes[1] <= bytes[0] + 64 * MemoryImage.pageSize, "\(bytes)")
    }
  #endif
}
