import Kernels
import LanguageModel
import Testing

/// Every version of the kernels against transformers in float32.
@Suite struct ReferenceAgreementTests {
  @Test(arguments: Fixture.names, availableUnits)
  func everyLayerAndLogitAgrees(name: String, unit: VectorUnit) throws {
    let fixture = try Fixture(name)
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor(unit))
    let pass = ForwardPass(model)
    let width = model.configuration.hiddenSize
    var streams = [Float](repeating: .nan, count: fixture.hidden.count)
    pass.observe = { layers, row, hidden in
      let start = (layers * fixture.ids.count + row) * width
      streams.replaceSubrange(start..<start + width, with: hidden)
    }
    let logits = try pass.run([SequenceStep(fixture.ids, cache: model.makeCache(), logits: .all)])

    for layers in 0...model.configuration.layers {
      let range = layers * fixture.ids.count * width..<(layers + 1) * fixture.ids.count * width
      let difference = relativeDifference(streams[range], fixture.hidden[range])
      #expect(difference <= 1e-5, "\(name), \(unit.rawValue), after \(layers) layers")
    }
    for position in fixture.ids.indices {
      let vocabulary = model.configuration.vocabularySize
      let expected = fixture.logits[position * vocabulary..<(position + 1) * vocabulary]
      let difference = relativeDifference(logits.numbers(at: position), expected)
      #expect(difference <= 1e-5, "\(name), \(unit.rawValue), position \(position)")
    }
  }

  @Test(arguments: Fixture.names)
  func greedyTokensAreTheSame(name: String) throws {
    let fixture = try Fixture(name)
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let pass = ForwardPass(model)
    let cache = model.makeCache()
    var tokens = Array(fixture.ids.prefix(Fixture.promptCount))
    var found: [Int] = []
    for _ in fixture.greedy.indices {
      let logits = try pass.run([SequenceStep(tokens, cache: cache)]).numbers(at: 0)
      let best = try #require(logits.indices.max { logits[$0] < logits[$1] })
      found.append(best)
      tokens = [best]
    }
    #expect(found == fixture.greedy)
  }
}

/// Kernels of a unit on two threads.
func testProcessor(_ unit: VectorUnit? = nil) -> Processor {
  Processor(kernels: unit.flatMap(Kernels.init) ?? .fastest, pool: ThreadPool(count: 2))
}
