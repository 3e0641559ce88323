import Foundation
import LanguageModel
import TestSupport
import Testing

@Suite struct GenerationTests {
  private func tokens(
    _ model: Qwen3Model, _ prompt: [Int], _ parameters: GenerateParameters, cache: KeyValueCache? = nil
  ) throws -> (tokens: [Int], iterator: TokenIterator) {
    var iterator = try TokenIterator(prompt: prompt, model: model, cache: cache, parameters: parameters)
    var tokens: [Int] = []
    while let token = try iterator.next() { tokens.append(token) }
    return (tokens, iterator)
  }

  /// "All at once", after a beginning that the cache has.
  @Test func aStepSizeWithoutALimitIsTaken() throws {
    let fixture = try Fixture("tied")
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let cache = model.makeCache()
    let parameters = GenerateParameters(maxTokens: 1, temperature: 0, prefillStepSize: .max)
    _ = try TokenIterator(prompt: Array(fixture.ids.prefix(3)), model: model, cache: cache, parameters: parameters)
    var tokens = try TokenIterator(
      prompt: Array(fixture.ids.prefix(Fixture.promptCount)), model: model, cache: cache, parameters: parameters)
    #expect(tokens.computedPromptTokens == Fixture.promptCount - 3)
    #expect(try tokens.next() == fixture.greedy.first)
  }

  @Test(arguments: Fixture.names)
  func greedyTokensAreThoseOfTransformers(name: String) throws {
    let fixture = try Fixture(name)
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let prompt = Array(fixture.ids.prefix(Fixture.promptCount))
    for (step, draft) in [(512, 0), (1, 0), (2, 3), (512, 8)] {
      let parameters = GenerateParameters(
        maxTokens: fixture.greedy.count, temperature: 0, prefillStepSize: step, draftTokens: draft)
      let (found, iterator) = try tokens(model, prompt, parameters)
      #expect(found == fixture.greedy, "\(name), prompt in steps of \(step), \(draft) guesses")
      #expect(iterator.stopReason == .length)
      #expect(iterator.computedPromptTokens == prompt.count)
    }
  }

  /// The random models repeat themselves when greedy, so that some guesses are right.
  @Test(arguments: Fixture.names)
  func guessingChangesNothingButTheTime(name: String) throws {
    let fixture = try Fixture(name)
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let prompt = Array((fixture.ids.prefix(6) + fixture.ids.prefix(6) + fixture.ids.prefix(4)))
    for temperature in [0, 0.3, 1] as [Float] {
      var parameters = GenerateParameters(
        maxTokens: 30, temperature: temperature, topK: 10, repetitionPenalty: 1.05, frequencyPenalty: 0.1, seed: 11)
      let plain = try tokens(model, prompt, parameters).tokens
      for draft in [1, 2, 5] {
        parameters.draftTokens = draft
        let cache = model.makeCache()
        let (guessed, _) = try tokens(model, prompt, parameters, cache: cache)
        #expect(guessed == plain, "\(name), temperature \(temperature), \(draft) guesses, seed 11")
        #expect(cache.count == prompt.count + plain.count - 1, "guesses stayed in the cache")
      }
    }
  }

  @Test func rightGuessesAreCounted() throws {
    let fixture = try Fixture("yarn")
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let parameters = GenerateParameters(maxTokens: 20, temperature: 0, draftTokens: 4)
    let (found, iterator) = try tokens(model, Array(fixture.ids.prefix(Fixture.promptCount)), parameters)
    // This model goes on with one token for ever.
    #expect(Set(found.suffix(15)).count == 1)
    #expect(iterator.acceptedDraftTokens > 8)
  }

  @Test func aStopTokenEndsTheTextAndIsNotReturned() throws {
    let fixture = try Fixture("untied")
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let prompt = Array(fixture.ids.prefix(Fixture.promptCount))
    for draft in [0, 4] {
      var parameters = GenerateParameters(maxTokens: 14, temperature: 0, draftTokens: draft)
      parameters.extraStopTokens = [fixture.greedy[3]]
      var (found, iterator) = try tokens(model, prompt, parameters)
      #expect(found == Array(fixture.greedy.prefix(3)))
      #expect(iterator.stopReason == .stop)
      #expect(try iterator.next() == nil)
    }
  }

  @Test func aCacheIsNotComputedAgain() throws {
    let fixture = try Fixture("tied")
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let prompt = Array(fixture.ids.prefix(20))
    let parameters = GenerateParameters(maxTokens: 6, temperature: 0)
    let whole = try tokens(model, prompt, parameters).tokens
    let cache = model.makeCache()
    _ = try tokens(model, Array(prompt.prefix(12)), GenerateParameters(maxTokens: 1, temperature: 0), cache: cache)
    let (found, iterator) = try tokens(model, prompt, parameters, cache: cache)
    #expect(found == whole)
    #expect(iterator.computedPromptTokens == 8)
    #expect(throws: LanguageModelError.self) {
      try tokens(model, Array(prompt.prefix(5)), parameters, cache: cache)
    }
  }

  @Test func theContextEndsTheText() throws {
    let fixture = try Fixture("tied")
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    for draft in [0, 5] {
      let parameters = GenerateParameters(temperature: 0, draftTokens: draft)
      let cache = model.makeCache(limit: 10)
      let (found, iterator) = try tokens(model, Array(fixture.ids.prefix(5)), parameters, cache: cache)
      #expect(found.count == 6)
      #expect(iterator.stopReason == .length)
      #expect(throws: LanguageModelError.self) {
        try tokens(model, fixture.ids, parameters, cache: model.makeCache(limit: 10))
      }
    }
  }

  /// What fits of a long prompt may take hours to compute.
  @Test func aPromptThatIsTooLongIsRefusedAtOnce() throws {
    let fixture = try Fixture("tied")
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let cache = model.makeCache(limit: 10)
    let error = #expect(throws: LanguageModelError.self) {
      try TokenIterator(
        prompt: Array(fixture.ids.prefix(11)), model: model, cache: cache, parameters: .init(prefillStepSize: 2))
    }
    #expect(error?.message == "a sequence of 11 tokens is longer than the limit of 10")
    #expect(cache.count == 0)
  }

  @Test func wrongTokensAreRefused() throws {
    let fixture = try Fixture("tied")
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    for prompt in [[], [-1], [101], [3, .max]] {
      #expect(throws: LanguageModelError.self) { try TokenIterator(prompt: prompt, model: model) }
    }
  }

  @Test func aStreamEndsWithItsInfo() throws {
    let fixture = try Fixture("mixture")
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let prompt = Array(fixture.ids.prefix(Fixture.promptCount))
    let parameters = GenerateParameters(maxTokens: fixture.greedy.count, temperature: 0)
    let parts = try onOwnThreads {
      try await generateTokens(prompt: prompt, model: model, parameters: parameters).reduce(into: []) { $0.append($1) }
    }
    let found = parts.compactMap { if case .token(let token) = $0 { token } else { nil } }
    #expect(found == fixture.greedy)
    guard parts.count == found.count + 1, case .info(let info) = parts.last else {
      Issue.record("expected one info, at the end")
      return
    }
    #expect(info.generationTokenCount == found.count)
    #expect(info.promptTokenCount == prompt.count)
    #expect(info.stopReason == .length)
    #expect(info.tokensPerSecond > 0 && info.promptTokensPerSecond > 0)
  }

  @Test func aStreamThrowsWhatIsWrong() throws {
    let model = try Qwen3Model(folder: Fixture("tied").folder, processor: testProcessor())
    #expect(throws: LanguageModelError.self) {
      try onOwnThreads { for try await _ in generateTokens(prompt: [1000], model: model) {} }
    }
  }

  /// Left alone, this text would take hours.
  @Test func droppingTheStreamStopsTheComputation() throws {
    let model = try Qwen3Model(folder: Fixture("tied").folder, processor: testProcessor())
    try onOwnThreads {
      var cache = model.makeCache(limit: 1 << 20)
      let parameters = GenerateParameters(temperature: 0)
      for try await part in generateTokens(prompt: [1, 2, 3], model: model, cache: cache, parameters: parameters) {
        if case .token = part { break }
      }
      try await eventually("the computation lets go of the cache") { isKnownUniquelyReferenced(&cache) }
      #expect(cache.count < cache.limit)
      // The cache is free for the next text.
      try cache.truncate(to: 0)
      #expect(cache.count == 0)
    }
  }

  /// A long prompt of a large model takes minutes.
  @Test func aCancelledPromptStopsBetweenLayers() throws {
    let fixture = try Fixture("untied")
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    let cache = model.makeCache()
    let layers = try onOwnThreads {
      let pass = ForwardPass(model)
      var seen = 0
      pass.observe = { layers, _, _ in
        seen = layers
        withUnsafeCurrentTask { $0?.cancel() }
      }
      let error = #expect(throws: LanguageModelError.self) {
        try pass.run([SequenceStep(fixture.ids, cache: cache)], canBeCancelled: true)
      }
      #expect(error?.kind == .cancelled)
      var tokens = try TokenIterator(prompt: fixture.ids, model: model)
      #expect(tokens.stopReason == .cancelled)
      #expect(try tokens.next() == nil)
      return seen
    }
    #expect(layers == 0)
    #expect(cache.count == 0)
    #expect(try tokens(model, fixture.ids, .init(maxTokens: 1), cache: cache).tokens.count <= 1)
  }
}
