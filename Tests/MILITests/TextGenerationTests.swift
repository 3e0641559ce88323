import Foundation
import MILI
import TestSupport
import Testing

@Suite struct TextGenerationTests {
  private func parts(_ prompt: [Int], _ parameters: GenerateParameters?, _ context: ModelContext) throws -> [Generation]
  {
    try onOwnThreads {
      try await generate(prompt: prompt, parameters: parameters, context: context).reduce(into: []) { $0.append($1) }
    }
  }

  @Test func chunksAreTheDecodedTokens() throws {
    let model = try TinyModel()
    let context = try model.load()
    let prompt = context.tokenizer.encode(text: "Es war einmal")
    for seed in 0..<20 as Range<UInt64> {
      var parameters = briefly
      parameters.seed = seed
      var iterator = try TokenIterator(
        prompt: prompt, model: context.model, parameters: parameters, tokenLimit: context.tokenizer.vocabularySize)
      var tokens: [Int] = []
      while let token = try iterator.next() { tokens.append(token) }
      let parts = try parts(prompt, parameters, context)
      let expected = context.tokenizer.decode(tokens: tokens, skipSpecialTokens: true)
      #expect(parts.compactMap(\.chunk).joined() == expected, "seed \(seed)")
      #expect(parts.compactMap(\.chunk).allSatisfy { !$0.isEmpty })
      #expect(parts.compactMap(\.info).map(\.generationTokenCount) == [tokens.count])
      #expect(parts.last?.info != nil)
    }
  }

  /// The embedding has 512 rows, the tokenizer 263 tokens.
  @Test func tokensThatDoNotExistAreNeverChosen() throws {
    let context = try TinyModel().load()
    let parameters = GenerateParameters(maxTokens: 400, temperature: 5, seed: 1)
    var ids: [Int] = []
    let prompt = Array("a".utf8).map(Int.init)
    var iterator = try TokenIterator(
      prompt: prompt, model: context.model, parameters: parameters, tokenLimit: context.tokenizer.vocabularySize)
    while let token = try iterator.next() { ids.append(token) }
    #expect(ids.allSatisfy { $0 < ByteTokenizer.vocabularySize })
  }

  @Test func errorsComeThroughTheStream() throws {
    let context = try TinyModel().load()
    #expect(throws: LanguageModelError.self) { try parts([], nil, context) }
    #expect(throws: LanguageModelError.self) { try parts([1], GenerateParameters(topP: 2), context) }
  }

  /// More texts without an end than there are processors leave another one its turn.
  @Test func endlessTextsKeepNobodyWaiting() throws {
    let context = try TinyModel().load()
    let count = ProcessInfo.processInfo.activeProcessorCount + 2
    try onOwnThreads {
      var endless: [AsyncThrowingStream<Generation, any Error>.Iterator] = []
      for _ in 0..<count {
        let cache = context.model.makeCache(limit: 1 << 20)
        var iterator = generate(prompt: [1, 2], cache: cache, parameters: .greedy, context: context)
          .makeAsyncIterator()
        #expect(try await iterator.next()?.chunk != nil)
        endless.append(iterator)
      }
      var info: GenerateCompletionInfo?
      let parameters = GenerateParameters(maxTokens: 3, temperature: 0)
      for try await part in generate(prompt: [3], parameters: parameters, context: context) { info = part.info ?? info }
      #expect(info?.generationTokenCount == 3)
      withExtendedLifetime(endless) {}
    }
  }

  @Test func droppingTheStreamFreesTheCache() throws {
    let context = try TinyModel().load()
    try onOwnThreads {
      // More than is generated before the stream is seen to be dropped, however busy the machine.
      var cache = context.model.makeCache(limit: 1 << 20)
      for try await part in generate(prompt: [1, 2], cache: cache, parameters: .greedy, context: context) {
        if part.chunk != nil { break }
      }
      try await eventually("the computation lets go of the cache") { isKnownUniquelyReferenced(&cache) }
      #expect(cache.count < cache.limit)
      try cache.truncate(to: 0)
    }
  }
}
