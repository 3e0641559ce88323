import Engine
import RandomNumbers
import Testing
import Transformer

/// Neurons that compare one register with constants, which engines replace by a table.
@Suite struct FunctionTests {
  private static let argument = 4
  private static let width = 14

  /// Tokens that bring arguments along: most of them integers among the steps, some between or beyond them.
  private static func sketch(_ generator: inout SplitMix64, steps: Int) -> ModelSketch {
    var sketch = ModelSketch(tokens: 40, width: width, layers: 2, neurons: steps + 6)
    sketch.markOne()
    let odd = [0.5, -0.25, 1e6, -1e6, 1e300, -0.0, 3.0000000001, Double(steps) + 7]
    for token in 1..<40 {
      let whole = Double(Int.random(in: -3...steps + 3, using: &generator))
      sketch.embedding[token, argument] = token % 5 == 0 ? odd[token / 5 % odd.count] : whole
      sketch.embedding[token, 5] = Double(Int.random(in: -4...4, using: &generator))
    }
    // A token without `one`, whose argument is in the table nevertheless.
    sketch.embedding[7, ModelSketch.one] = 0
    sketch.embedding[7, argument] = 3
    for token in 0..<40 {
      for slot in 6..<width { sketch.head[token, slot] = Double(Int.random(in: -20...20, using: &generator)) }
    }
    return sketch
  }

  /// Gives the first layer neurons that compare the argument with 0, 1, 2 …, a few others before or behind them, and sums of them.
  private static func addSteps(_ sketch: inout ModelSketch, _ generator: inout SplitMix64, steps: Int) {
    let one = ModelSketch.one
    let othersFirst = Bool.random(using: &generator)
    let firstStep = othersFirst ? 6 : 0
    let neurons = sketch.neurons
    for neuron in 0..<neurons {
      if (firstStep..<firstStep + steps).contains(neuron) {
        sketch.layers[0].feedForwardIn[neuron, argument] = neuron % 7 == 3 ? -1 : 1
        sketch.layers[0].feedForwardIn[neuron, one] = -Double(neuron - firstStep) * (neuron % 7 == 3 ? -1 : 1)
        sketch.layers[0].feedForwardIn[neurons + neuron, neuron % 5 == 4 ? argument : one] = 1
      } else {
        sketch.layers[0].feedForwardIn[neuron, 5] = Double(neuron % 3) - 1
        sketch.layers[0].feedForwardIn[neurons + neuron, Bool.random(using: &generator) ? one : argument] = 1
      }
      for slot in 6..<width where Int.random(in: 0..<3, using: &generator) > 0 {
        let weight = Double(Int.random(in: -9...9, using: &generator))
        sketch.layers[0].feedForwardOut[slot, neuron] = slot % 2 == 0 ? weight : weight / 10
      }
    }
    for slot in 6..<width {
      sketch.layers[1].feedForwardIn[slot - 6, slot] = 1
      sketch.layers[1].feedForwardIn[neurons + slot - 6, one] = 1
      sketch.layers[1].feedForwardOut[6, slot - 6] = Double(Int.random(in: -2...2, using: &generator))
    }
  }

  @Test func tablesGiveWhatTheNeuronsGive() throws {
    for seed in UInt64(0)..<60 {
      var generator = SplitMix64(seed: seed)
      let steps = Int.random(in: 30...60, using: &generator)
      var sketch = Self.sketch(&generator, steps: steps)
      Self.addSteps(&sketch, &generator, steps: steps)
      let model = try sketch.model()
      let tokens = (0..<200).map { $0 == 0 ? 0 : Int.random(in: 0..<40, using: &generator) }
      var dense = DenseEngine(model)
      var sparse = SparseEngine(model)
      #expect(sparse.functionRowCounts == [steps + 2], "seed \(seed)")
      let expected = try tokens.map { token throws(EngineError) in try dense.step(token) }
      #expect(Set(expected).count > 3, "seed \(seed): the model tells nothing")
      #expect(try tokens.map { token throws(EngineError) in try sparse.step(token) } == expected, "seed \(seed)")
      let blocks = try BlockRuns.answers(SparseEngine(model), tokens.map(Int32.init), sizes: [45])
      #expect(blocks.map(Int.init) == expected, "seed \(seed), blocks")
      #if arch(x86_64)
        var encoded = try EncodedEngine(model)
        #expect(
          try tokens.map { token throws(EngineError) in try encoded.step(token) } == expected, "encoded, seed \(seed)")
      #endif
      if seed < 4 {
        let temporary = TemporaryCache()
        var compiled = try CompiledEngine(model, cache: temporary.cache)
        let compiledBlocks = try BlockRuns.answers(compiled, tokens.map(Int32.init), sizes: [45])
        #expect(compiledBlocks.map(Int.init) == expected, "seed \(seed), compiled blocks")
        #expect(try tokens.map { token throws(EngineError) in try compiled.step(token) } == expected, "seed \(seed)")
      }
    }
  }

  /// A few comparisons are no function worth a table, nor are steps too far apart for one.
  @Test func tablesAreMadeOnlyWhereTheyPay() throws {
    for (steps, distance) in [(5, 1.0), (40, 1e5), (40, 1e300)] {
      var sketch = ModelSketch(tokens: 12, width: 8, neurons: steps)
      sketch.markOne()
      for token in 1..<12 { sketch.embedding[token, Self.argument] = Double(token) * distance }
      for neuron in 0..<steps {
        sketch.layers[0].feedForwardIn[neuron, Self.argument] = 1
        sketch.layers[0].feedForwardIn[neuron, ModelSketch.one] = -Double(neuron) * distance
        sketch.layers[0].feedForwardIn[steps + neuron, ModelSketch.one] = 1
        sketch.layers[0].feedForwardOut[6, neuron] = neuron.isMultiple(of: 2) ? 1 / distance : -2 / distance
      }
      sketch.scoreByNumber(slot: 6)
      let model = try sketch.model()
      var sparse = SparseEngine(model)
      var dense = DenseEngine(model)
      #expect(sparse.functionRowCounts.isEmpty)
      for token in 0..<12 { #expect(try sparse.step(token) == dense.step(token)) }
    }
  }
}
