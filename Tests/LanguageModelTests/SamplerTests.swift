import Foundation
import LanguageModel
import Testing

@Suite struct SamplerTests {
  private struct Case: Decodable {
    var temperature: Float
    var top_k: Int
    var top_p: Float
    var min_p: Float
    var repetition_penalty: Float
    var logits: [Float]
    var history: [Int]
    var probabilities: [Float]
  }

  @Test func distributionsAreThoseOfTransformers() throws {
    let data = try Data(contentsOf: URL(filePath: "\(Fixture.folder)/sampling.json"))
    for (number, one) in try JSONDecoder().decode([Case].self, from: data).enumerated() {
      let sampler = try Sampler(
        GenerateParameters(
          temperature: one.temperature, topP: one.top_p, topK: one.top_k, minP: one.min_p,
          repetitionPenalty: one.repetition_penalty))
      let candidates = try sampler.distribution(one.logits, history: TokenHistory(prompt: one.history))
      var found = [Float](repeating: 0, count: one.logits.count)
      for candidate in candidates { found[candidate.token] = candidate.probability }
      // Of equal tokens at the border of top-p either may stay.
      for (mine, theirs) in zip(found.sorted(), one.probabilities.sorted()) {
        #expect(abs(mine - theirs) < 1e-5, "case \(number)")
      }
      let disagreeing = found.indices.filter { abs(found[$0] - one.probabilities[$0]) > 1e-5 }
      #expect(Set(disagreeing.map { one.logits[$0] }).count <= 1, "case \(number)")
    }
  }

  private func tokens(_ parameters: GenerateParameters, _ logits: [Float], limit: Int = .max) throws -> [Int] {
    try Sampler(parameters, tokenLimit: limit).distribution(logits, history: TokenHistory()).map(\.token)
  }

  @Test func topPKeepsTheTokenThatReachesTheSum() throws {
    let logits = [0.5, 0.3, 0.15, 0.05].map { log(Float($0)) }
    #expect(try tokens(GenerateParameters(temperature: 1, topP: 0), logits) == [0])
    #expect(try tokens(GenerateParameters(temperature: 1, topP: 0.01), logits) == [0])
    #expect(try tokens(GenerateParameters(temperature: 1, topP: 0.51), logits) == [0, 1])
    #expect(try tokens(GenerateParameters(temperature: 1, topP: 0.94), logits) == [0, 1, 2])
    #expect(try tokens(GenerateParameters(temperature: 1, topP: 1), logits) == [0, 1, 2, 3])
  }

  /// Each is too improbable to change a sum of 1 in binary32; together they are not.
  @Test func manyImprobableTokensCount() throws {
    let count = 150_000
    let logits = [0] + [Float](repeating: -16.8, count: count)
    let tail = Double(count) * exp(-16.8)
    let candidates = try Sampler(GenerateParameters(temperature: 1)).distribution(logits, history: TokenHistory())
    #expect(abs(Double(candidates[0].probability) - 1 / (1 + tail)) < 1e-5)
    #expect(abs(candidates.reduce(0) { $0 + Double($1.probability) } - 1) < 1e-5)
  }

  @Test func topKKeepsEqualTokens() throws {
    let logits: [Float] = [1, 5, 3, 3, 2, 5]
    #expect(try tokens(GenerateParameters(temperature: 1, topK: 1), logits) == [1, 5])
    #expect(try tokens(GenerateParameters(temperature: 1, topK: 3), logits) == [1, 5, 2, 3])
    #expect(try tokens(GenerateParameters(temperature: 1, topK: 100), logits).count == 6)
  }

  /// Lists longer than what is looked at together, with equal numbers, and some that are none.
  @Test(arguments: [63, 64, 65, 500, 1500])
  func topKOfManyTokensIsThatOfSortedOnes(count: Int) throws {
    let seed: UInt64 = 3
    var state = seed
    for wanted in [1, 2, 20, 63, 64, 65, 400, count - 1, count] where wanted <= count {
      let logits = (0..<count).map { _ -> Float in
        state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        let number = state >> 33 % 70
        return number == 0 ? .nan : number == 1 ? -.infinity : Float(number) / 8
      }
      let numbers = logits.filter { $0 > -.infinity }.sorted(by: >)
      let least = numbers[min(wanted, numbers.count) - 1]
      let expected = logits.indices.filter { logits[$0] >= least }
      let found = try tokens(GenerateParameters(temperature: 1, topK: wanted), logits).sorted()
      #expect(found == expected, "\(wanted) of \(count), seed \(seed)")
      var sampler = try Sampler(.greedy)
      #expect(try sampler.sample(logits, history: TokenHistory()) == logits.firstIndex(of: numbers[0]))
    }
  }

  @Test func tokensThatDoNotExistAreNeverChosen() throws {
    #expect(try tokens(.greedy, [1, 2, 9, 9], limit: 2) == [1])
    #expect(try tokens(GenerateParameters(temperature: 1), [1, 2, 9, 9], limit: 2) == [1, 0])
  }

  @Test func greedyTakesTheFirstOfEqualTokens() throws {
    var sampler = try Sampler(.greedy)
    #expect(try sampler.sample([0, 7, 7, 1], history: TokenHistory()) == 1)
    #expect(try sampler.sample([.nan, -.infinity, -3], history: TokenHistory()) == 2)
  }

  @Test func logitsWithoutANumberAreRefused() throws {
    for parameters in [GenerateParameters.greedy, .thinking] {
      var sampler = try Sampler(parameters)
      for logits in [[.nan, .nan], [-.infinity], []] as [[Float]] {
        #expect(throws: LanguageModelError.self) { try sampler.sample(logits, history: TokenHistory()) }
      }
    }
  }

  /// An extreme penalty can make logits infinite.
  @Test(arguments: [0, 0.7, 0x1p-149] as [Float])
  func infiniteLogitsShareTheProbability(temperature: Float) throws {
    let sampler = try Sampler(GenerateParameters(temperature: temperature, topK: 2, repetitionPenalty: 0x1p-140))
    let found = try sampler.distribution([1, 5, 3, -2, 9], history: TokenHistory(prompt: [1, 2, 3]))
    #expect(found.map(\.token) == (temperature == 0 ? [1] : [1, 2]))
    #expect(found.map(\.probability) == (temperature == 0 ? [1] : [0.5, 0.5]))
  }

  @Test func penaltiesOnGeneratedTokensLeaveThePromptAlone() throws {
    var history = TokenHistory(prompt: [0, 0, 0])
    history.append(1)
    history.append(2)
    history.append(2)
    let sampler = try Sampler(GenerateParameters(temperature: 1, presencePenalty: 0.5, frequencyPenalty: 0.25))
    let found = try sampler.distribution([0, 0, 0, 0], history: history)
    let weights: [Float] = [1, exp(-0.75), exp(-1), 1]
    let total = weights.reduce(0, +)
    for candidate in found {
      #expect(abs(candidate.probability - weights[candidate.token] / total) < 1e-6)
    }
  }

  @Test func repetitionPenaltyMakesNegativeLogitsSmaller() throws {
    let sampler = try Sampler(GenerateParameters(temperature: 1, repetitionPenalty: 2))
    let found = try sampler.distribution([2, -2, 1, -4], history: TokenHistory(prompt: [0, 1]))
    #expect(found.map(\.token) == [0, 2, 1, 3])
    #expect(found[0].probability == found[1].probability)
    #expect(found[2].probability == found[3].probability)
  }

  @Test func repetitionPenaltyLooksAsFarBackAsItIsTold() throws {
    let history = TokenHistory(prompt: [0, 1, 2])
    let logits: [Float] = [4, 4, 4, -1]
    for (size, expected) in [(0, [0, 1, 2]), (1, [0, 1]), (2, [0])] as [(Int, [Int])] {
      let sampler = try Sampler(
        GenerateParameters(temperature: 1, repetitionPenalty: 2, repetitionContextSize: size))
      let found = try sampler.distribution(logits, history: history)
      #expect(found.filter { $0.probability == found[0].probability }.map(\.token) == expected)
    }
  }

  @Test func frequenciesAreTheProbabilities() throws {
    let logits: [Float] = [2, 1, 0, -1, 0.5]
    let parameters = GenerateParameters(temperature: 0.8, topP: 0.95, seed: 7)
    var sampler = try Sampler(parameters)
    let expected = try sampler.distribution(logits, history: TokenHistory())
    let draws = 20_000
    var counts: [Int: Int] = [:]
    for _ in 0..<draws { counts[try sampler.sample(logits, history: TokenHistory()), default: 0] += 1 }
    #expect(Set(counts.keys) == Set(expected.map(\.token)))
    for candidate in expected {
      let share = Float(counts[candidate.token] ?? 0) / Float(draws)
      // Four standard deviations, with seed 7.
      let allowed = 4 * (candidate.probability * (1 - candidate.probability) / Float(draws)).squareRoot()
      #expect(abs(share - candidate.probability) <= allowed, "token \(candidate.token)")
    }
  }

  @Test func aSeedMakesTheSameChoices() throws {
    func draws(_ seed: UInt64?) throws -> [Int] {
      var sampler = try Sampler(GenerateParameters(temperature: 1, seed: seed))
      return try (0..<40).map { _ in try sampler.sample([0, 0, 0, 0, 0, 0], history: TokenHistory()) }
    }
    #expect(try draws(5) == draws(5))
    #expect(try draws(5) != draws(6))
    #expect(try draws(nil) != draws(nil))
  }

  @Test(arguments: [
    GenerateParameters(maxTokens: -1), GenerateParameters(temperature: -0.1), GenerateParameters(temperature: .nan),
    GenerateParameters(topP: -0.1), GenerateParameters(topP: 1.1), GenerateParameters(topK: -1),
    GenerateParameters(minP: -0.1), GenerateParameters(minP: 2), GenerateParameters(repetitionPenalty: 0),
    GenerateParameters(repetitionContextSize: -1), GenerateParameters(presencePenalty: .infinity),
    GenerateParameters(prefillStepSize: 0), GenerateParameters(draftTokens: -1),
    GenerateParameters(draftTokens: 257),
  ])
  func valuesOutsideTheirRangesAreRefused(parameters: GenerateParameters) {
    #expect(throws: LanguageModelError.self) { try Sampler(parameters) }
  }
}
