import Engine
import Evaluator
import Graph
import ProgramGenerator
import Scheduler
import Testing
import Transformer
import WeightConstruction

/// One memory of a few addresses, written and read by every token.
private struct MemoryTrial {
  private static let values = 1...4

  let graph: ComputationGraph
  let model: TransformerModel
  /// What each token writes where, and which address it reads.
  private let meanings: [(address: Double, value: Int, read: Double)]

  /// - Parameter addresses: what is written and read; the tokens are all combinations, after the first token.
  init(addresses: [Double]) throws {
    var builder = GraphBuilder()
    let (key, value, query) = (builder.input("key"), builder.input("value"), builder.input("query"))
    let found = builder.fetch([value], query: query, key: key, name: "memory")[0]
    var tokens = [TokenDefinition(text: "first", embedding: [:], score: .zero)]
    var meanings = [(address: 0.0, value: 0, read: 0.0)]
    for address in addresses {
      for read in addresses {
        for number in Self.values {
          // The first four tokens stand for the four values that a prediction can be.
          let isAnswer = meanings.count <= Self.values.count
          let size = Double(meanings.count)
          let nearness = (2 * size) * found - (size * size) * builder.one
          tokens.append(
            TokenDefinition(
              text: "\(address)=\(number)?\(read)",
              embedding: [
                key.dimensions[0]: address, value.dimensions[0]: Double(number), query.dimensions[0]: read,
              ], score: isAnswer ? nearness : -1000 * builder.one))
          meanings.append((address, number, read))
        }
      }
    }
    graph = try builder.finish(tokens: tokens)
    self.meanings = meanings
    let schedule = try ScheduleSearch(for: graph, options: SchedulingOptions(solver: .list, timeLimit: 0)).run()
      .schedule
    model = try TransformerModel(of: graph, scheduled: schedule, firstTokens: ["first"], stopToken: "first")
  }

  /// Runs random tokens; at each position the expected token is that of the value written last at the address read.
  func check(steps: Int, seed: UInt64, _ step: (Int) throws -> Int) throws {
    var random = RandomSource(seed: seed)
    var memory: [Double: Int] = [:]
    _ = try step(0)
    for position in 1...steps {
      let token = random.number(in: 1...meanings.count - 1)
      memory[meanings[token].address] = meanings[token].value
      let predicted = try step(token)
      if let expected = memory[meanings[token].read] {
        try #require(predicted == expected, "seed \(seed), position \(position)")
      }
    }
  }
}

struct LatestWriteTests {
  /// Near 8 MiB the recency term is below the last bit of a key's square.
  @Test func farAddressesReadTheLatestWrite() throws {
    let far = Double(8 << 20)
    let test = try MemoryTrial(addresses: [far, far + 1, far - 3])
    var evaluator = GraphEvaluator(test.graph)
    var dense = DenseEngine(test.model)
    var sparse = SparseEngine(test.model)
    try test.check(steps: 10_000, seed: 1) { try evaluator.step($0) }
    try test.check(steps: 10_000, seed: 2) { try dense.step($0) }
    try test.check(steps: 10_000, seed: 3) { try sparse.step($0) }
  }

  /// The queries are so hard that the softmax of an ordinary transformer picks one position too.
  @Test func aLiteralSoftmaxReadsTheLatestWriteOfNearAddresses() throws {
    let test = try MemoryTrial(addresses: [1, 2, 5])
    var softmax = DenseEngine(test.model, attention: .softmax)
    try test.check(steps: 1000, seed: 4) { try softmax.step($0) }
  }
}
