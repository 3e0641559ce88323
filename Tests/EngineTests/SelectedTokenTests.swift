import Engine
import RandomNumbers
import TestSupport
import Testing
import Transformer

/// Neurons that tell apart what one head has fetched, as a machine does with its opcodes: compiled code finds what they say in a table, and adds
/// in another order wherever that is exact.
@Suite struct SelectedTokenTests {
  private static let width = 20
  private static let neurons = 40
  private static let tokenCount = 48
  // Slots: what the fetched token is, where to fetch, two numbers that a token brings along, and what becomes of them.
  private static let (kindX, kindY, distance, number, other) = (4, 5, 6, 7, 8)
  private static let (fetchedX, fetchedY, looked) = (9, 10, 11)
  private static let results = 12..<19

  /// Integers, with which everything is exact, and what is not: fractions, and numbers whose sums need more than 53 bits.
  private static let numbers: [[Double]] = [
    [-3, -1, 0, 1, 2, 5, 255, 65_536], [0.5, -0.125, 3, 0x1p-30, 7, -2], [0.1, 1.0 / 3, -1e-9, 2],
    [0x1p52, -0x1p52, 1, 3, 0x1p53, -1], [1e17, -1e17, 0.3, 1, 1e100, -7], [-0.0, 0, 1, 0x1p-1040],
  ]

  private static func sketch(_ numbers: [Double], _ generator: inout SplitMix64) -> ModelSketch {
    var sketch = ModelSketch(tokens: tokenCount, width: width, layers: 2, neurons: neurons)
    sketch.markOne()
    let points = [(4.0, 7.0), (7, 4), (-4, 7), (8, -1), (1, 8), (-7, -4), (8, 1), (0, 0)]
    for token in 1..<tokenCount {
      let point = points[token % points.count]
      sketch.embedding[token, kindX] = point.0
      sketch.embedding[token, kindY] = point.1
      // Mostly a position; sometimes between two, so that the head has to search.
      sketch.embedding[token, distance] = Double(Int.random(in: 0...9, using: &generator)) + (token == 9 ? 0.5 : 0)
      for slot in [number, other] { sketch.embedding[token, slot] = numbers.randomElement(using: &generator) ?? 0 }
    }
    fetch(&sketch)
    for neuron in 0..<neurons { addNeuron(neuron, points, &sketch, &generator) }
    for token in 0..<tokenCount {
      for slot in results { sketch.head[token, slot] = Double(Int.random(in: -9...9, using: &generator)) }
    }
    return sketch
  }

  /// The kind at a position so far back as a token says, and a number that was brought along with a key.
  private static func fetch(_ sketch: inout ModelSketch) {
    let one = ModelSketch.one
    sketch.setHead(
      0, query: ([0: 1, distance: -1], [one: 1]), key: ([0: 2], [2: -1]), values: ([kindX: 1], [kindY: 1]))
    sketch.connect(0, to: (fetchedX, fetchedY))
    sketch.setHead(1, query: ([:], [one: 1]), key: ([:], [1: 0.3, kindY: -1e30]), values: ([number: 1], [:]))
    sketch.connect(1, to: (looked, nil))
  }

  /// A neuron whose gate tells one kind from the others, or compares numbers for one of them; what it opens is 1 or a number.
  private static func addNeuron(
    _ neuron: Int, _ points: [(Double, Double)], _ sketch: inout ModelSketch, _ generator: inout SplitMix64
  ) {
    let one = ModelSketch.one
    let layer = neuron.isMultiple(of: 9) ? 1 : 0
    let (x, y) = layer == 0 ? (kindX, kindY) : (fetchedX, fetchedY)
    let point = points[neuron % (points.count - 1)]
    var gate: [Int: Double] = [fetchedX: point.0, fetchedY: point.1, one: -64]
    if neuron % 7 == 5 { gate[looked] = 1 }
    if neuron % 7 == 6 { gate = [number: 1, looked: -1, x: 1, y: 1] }
    let values: [[Int: Double]] = [[one: 1], [number: 1], [looked: 2], [number: 1, one: -4], [0: 1, distance: -1]]
    let value = values.randomElement(using: &generator) ?? [:]
    for (slot, weight) in gate { sketch.layers[1].feedForwardIn[neuron, slot] = weight }
    for (slot, weight) in value { sketch.layers[1].feedForwardIn[neurons + neuron, slot] = weight }
    for slot in results where Int.random(in: 0..<3, using: &generator) == 0 {
      sketch.layers[1].feedForwardOut[slot, neuron] = [1, -1, 1, -1, 16, 0.7].randomElement(using: &generator) ?? 1
    }
  }

  @Test func tablesAndSumsInAnyOrderChangeNothing() throws {
    let temporary = TemporaryCache()
    for seed in UInt64(0)..<(LongTests.areWanted ? 24 : 8) {
      var generator = SplitMix64(seed: seed)
      let numbers = Self.numbers[Int(seed) % Self.numbers.count]
      let model = try Self.sketch(numbers, &generator).model()
      #expect(CompiledEngine.source(of: model).contains("selected_rows"), "seed \(seed): nothing is selected")
      let tokens = BlockRuns.tokens(400, of: Self.tokenCount, &generator)
      let expected = try BlockRuns.answers(DenseEngine(model), tokens)
      #expect(Set(expected).count > 3, "seed \(seed): the model tells nothing")
      #expect(try BlockRuns.answers(SparseEngine(model), tokens) == expected, "seed \(seed), plan")
      #if arch(x86_64)
        #expect(try BlockRuns.answers(EncodedEngine(model), tokens) == expected, "seed \(seed), encoded")
      #endif
      let engine = try CompiledEngine(model, cache: temporary.cache)
      #expect(try BlockRuns.answers(engine, tokens) == expected, "seed \(seed)")
      #expect(try BlockRuns.answers(engine, tokens, sizes: [45, 1, 64]) == expected, "seed \(seed), blocks")
    }
  }

  /// The output head reads what was fetched itself, which for everything else is a row of the table.
  @Test func whatWasFetchedMayBeScored() throws {
    let temporary = TemporaryCache()
    for seed in UInt64(100)..<112 {
      var generator = SplitMix64(seed: seed)
      var sketch = Self.sketch(Self.numbers[Int(seed) % Self.numbers.count], &generator)
      for token in 0..<Self.tokenCount {
        sketch.head[token, Self.fetchedX] = Double(Int.random(in: -30...30, using: &generator))
        if seed.isMultiple(of: 2) {
          sketch.head[token, Self.fetchedY] = Double(Int.random(in: -9...9, using: &generator))
        }
      }
      let model = try sketch.model()
      #expect(CompiledEngine.source(of: model).contains("selected_rows"), "seed \(seed): nothing is selected")
      let tokens = BlockRuns.tokens(400, of: Self.tokenCount, &generator)
      let expected = try BlockRuns.answers(DenseEngine(model), tokens)
      #expect(Set(expected).count > 3, "seed \(seed): the model tells nothing")
      #if arch(x86_64)
        #expect(try BlockRuns.answers(EncodedEngine(model), tokens) == expected, "seed \(seed), encoded")
      #endif
      let engine = try CompiledEngine(model, cache: temporary.cache)
      #expect(try BlockRuns.answers(engine, tokens) == expected, "seed \(seed), compiled")
      #expect(try BlockRuns.answers(engine, tokens, sizes: [45, 1, 64]) == expected, "seed \(seed), blocks")
    }
  }
}
