import ChatTemplate
import Foundation
import RandomNumbers
import Testing
import Tokenizer

/// The vocabulary that Qwen3 has, which is not in this repository.
@Suite(.enabled(if: Fixture.qwen3 != nil, Comment(rawValue: Fixture.qwen3Comment)))
struct Qwen3Tests {
  private let folder: URL
  private let tokenizer: Tokenizer

  init() throws {
    folder = try #require(Fixture.qwen3)
    tokenizer = try Tokenizer.from(modelFolder: folder)
  }

  @Test func publishedStringsHaveTheirPublishedIDs() throws {
    let inputs = try String(contentsOf: folder.appendingPathComponent("vectors.inp"), encoding: .utf8)
      .components(separatedBy: "\n__ggml_vocab_test__\n")
    let outputs = try String(contentsOf: folder.appendingPathComponent("vectors.out"), encoding: .utf8)
      .components(separatedBy: "\n")
    // The last separator and the last line end stand behind something, not between.
    #expect(inputs.count == 47 || inputs.count == 48)
    for (input, output) in zip(inputs.prefix(47), outputs) {
      let expected = output.split(separator: " ").compactMap { Int($0) }
      #expect(tokenizer.encode(text: input, matchAddedTokens: false) == expected, "\(input.debugDescription)")
    }
  }

  @Test func twentyThousandRandomTextsHaveTheReferencesIDs() throws {
    let digests = try #require(try Fixture.json("qwen3_digests.json").arrayValue).compactMap(\.stringValue)
    #expect(digests.count == 200)
    let texts = try RandomText()
    for (block, digest) in digests.enumerated() {
      var random = SplitMix64(seed: UInt64(block))
      var hash: UInt64 = 0xCBF2_9CE4_8422_2325
      for _ in 0..<100 {
        for id in tokenizer.encode(text: texts.next(&random)) + [0xFFFF_FFFF] {
          for shift in stride(from: 0, to: 32, by: 8) {
            hash = (hash ^ UInt64(id >> shift & 0xFF)) &* 0x100_0000_01B3
          }
        }
      }
      let digits = String(hash, radix: 16)
      #expect(String(repeating: "0", count: 16 - digits.count) + digits == digest, "texts of seed \(block)")
    }
  }

  @Test func onlyTheFirstAddedTokensAreSpecial() {
    #expect(tokenizer.vocabularySize == 151_669)
    for id in 151_643..<151_669 { #expect(tokenizer.isSpecial(id) == (id < 151_657)) }
    #expect(tokenizer.convertTokenToId("<think>") == 151_667)
    #expect(tokenizer.convertIdToToken(151_645) == "<|im_end|>")
    let ids = tokenizer.encode(text: "<think>a</think><|im_end|>")
    #expect(ids == [151_667, 64, 151_668, 151_645])
    #expect(tokenizer.decode(tokens: ids, skipSpecialTokens: true) == "<think>a</think>")
    #expect(tokenizer.decode(tokens: [151_669, 151_935, -1, .max]) == "")
  }

  @Test func conversationsAreEncodedWithControlTokens() throws {
    let messages: [JSONValue] = [["role": "user", "content": "Hi"]]
    let ids = try tokenizer.applyChatTemplate(messages: messages, additionalContext: ["enable_thinking": false])
    #expect(ids == [151_644, 872, 198, 13048, 151_645, 198, 151_644, 77091, 198, 151_667, 271, 151_668, 271])
  }
}
