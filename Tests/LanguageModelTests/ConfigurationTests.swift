import Foundation
import Kernels
import LanguageModel
import Testing

@Suite struct ConfigurationTests {
  private func configuration(_ json: String) throws -> Qwen3Configuration {
    try withTemporaryFolder { folder in
      try Data(json.utf8).write(to: URL(filePath: "\(folder)/config.json"))
      return try Qwen3Configuration(file: "\(folder)/config.json")
    }
  }

  private static let published = """
    "vocab_size": 151936, "hidden_size": 1024, "intermediate_size": 3072, "num_hidden_layers": 28,
    "num_attention_heads": 16, "num_key_value_heads": 8, "head_dim": 128, "rms_norm_eps": 1e-06,
    "hidden_act": "silu", "max_position_embeddings": 40960, "tie_word_embeddings": true, "attention_bias": false,
    "sliding_window": null, "use_sliding_window": false, "max_window_layers": 28, "bos_token_id": 151643
    """

  @Test func theStylesOfBothReleasesSayTheSame() throws {
    let old = try configuration(
      """
      {"architectures": ["Qwen3ForCausalLM"], "model_type": "qwen3", \(Self.published),
       "rope_theta": 1000000, "rope_scaling": null, "torch_dtype": "bfloat16"}
      """)
    let new = try configuration(
      """
      {"architectures": ["Qwen3ForCausalLM"], \(Self.published), "dtype": "bfloat16",
       "rope_parameters": {"rope_theta": 1000000.0, "rope_type": "default"}}
      """)
    #expect(old == new)
    #expect(old == .qwen3Point6B)
    #expect(try configuration("{\"model_type\": \"qwen3\", \"rope_theta\": 1000000, \(Self.published)}") == old)
  }

  @Test func mixturesAreReadInBothStyles() throws {
    func mixture(_ count: String) throws -> Qwen3Configuration {
      try configuration(
        """
        {"architectures": ["Qwen3MoeForCausalLM"], \(Self.published), "rope_theta": 5000000,
         "\(count)": 128, "num_experts_per_tok": 8, "moe_intermediate_size": 768, "norm_topk_prob": true,
         "decoder_sparse_step": 2, "mlp_only_layers": [3]}
        """)
    }
    let found = try mixture("num_experts")
    #expect(try mixture("num_local_experts") == found)
    #expect(found.experts?.count == 128)
    #expect(found.rotary.theta == 5e6)
    #expect((0..<6).map { found.isSparse(layer: $0) } == [false, true, false, false, false, true])
  }

  @Test func yarnStretchesTheContext() throws {
    let scaling = """
      {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 32768}
      """
    let found = try configuration(
      "{\"model_type\": \"qwen3\", \(Self.published), \"rope_theta\": 1000000, \"rope_scaling\": \(scaling)}")
    #expect(found.longestContext == 131_072)
    let yarn = try #require(found.rotary.scaling)
    #expect(abs(yarn.attentionFactor - (0.1 * log(4) + 1)) < 1e-12)
    let plain = RotaryEmbedding(theta: 1e6).frequencies(headSize: 128)
    let stretched = found.rotary.frequencies(headSize: 128)
    #expect(stretched[0] == plain[0])
    #expect(abs(stretched[63] * 4 / plain[63] - 1) < 1e-6)
    #expect(zip(stretched, plain).allSatisfy { $0 <= $1 })
  }

  /// As in transformers 5.23: `rope_scaling or rope_parameters`, then `rope_theta` from beside them.
  @Test func theOlderScalingTakesThePlaceOfTheNewerParameters() throws {
    func rotary(_ keys: String) throws -> RotaryEmbedding {
      try configuration("{\"model_type\": \"qwen3\", \(Self.published), \(keys)}").rotary
    }
    let parameters = #""rope_parameters": {"rope_theta": 1e6, "rope_type": "default"}"#
    func scaling(_ more: String = "") -> String {
      #""rope_scaling": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 64\#(more)}"#
    }
    for (keys, theta) in [(scaling(#", "rope_theta": 2e5"#), 2e5), (#""rope_theta": 5e5, \#(scaling())"#, 5e5)] {
      let found = try rotary("\(parameters), \(keys)")
      #expect(found.theta == theta, "\(keys)")
      #expect(found.scaling?.originalPositions == 64, "\(keys)")
    }
    for keys in [#""rope_scaling": null"#, #""rope_scaling": {}"#, #""rope_theta": 3e5"#] {
      #expect(try rotary("\(parameters), \(keys)") == RotaryEmbedding(theta: 1e6), "\(keys)")
    }
    #expect(try rotary(#""rope_parameters": {"rope_type": "default"}, "rope_theta": 3e5"#).theta == 3e5)
    // Here transformers forgets the 1e6 and takes its default.
    #expect { try rotary("\(parameters), \(scaling())") } throws: {
      ($0 as? LanguageModelError)?.message.contains("expected a rope_theta in rope_scaling or beside it") == true
    }
    #expect(throws: LanguageModelError.self) { try rotary(#""partial_rotary_factor": 0.5, "rope_theta": 1e6"#) }
  }

  @Test func whatIsWrittenIsReadAgain() throws {
    var mixture = Qwen3Configuration.tiny(vocabularySize: 77)
    mixture.experts = .init(
      count: 4, active: 2, intermediateSize: 24, normalizesProbabilities: true, sparseStep: 1, denseLayers: [0])
    mixture.tiesEmbeddings = false
    mixture.rotary.scaling = .init(factor: 2, originalPositions: 2048, attentionFactor: 1.07)
    for shape in [.tiny(), mixture] {
      try withTemporaryFolder { folder in
        try RandomCheckpoint.write(shape, to: folder)
        let model = try Qwen3Model(folder: folder, processor: testProcessor())
        #expect(model.configuration == shape)
        let logits = try ForwardPass(model).run([SequenceStep([1, 2, 3], cache: model.makeCache())])
        #expect(logits.numbers(at: 0).allSatisfy { $0.isFinite })
      }
    }
  }

  @Test func aSeedMakesTheSameCheckpoint() throws {
    func bytes(_ seed: UInt64) throws -> Data {
      try withTemporaryFolder { folder in
        try RandomCheckpoint.write(.tiny(vocabularySize: 40), seed: seed, to: folder)
        return try Data(contentsOf: URL(filePath: "\(folder)/model.safetensors"))
      }
    }
    #expect(try bytes(1) == bytes(1))
    #expect(try bytes(1) != bytes(2))
  }

  @Test func generationDefaultsComeFromTheFolder() throws {
    try withTemporaryFolder { folder in
      try copy(Fixture("tied"), to: folder)
      #expect(try Qwen3Model(folder: folder, processor: testProcessor()).stopTokens == [151_643, 151_645])
      let json = """
        {"bos_token_id": 151643, "do_sample": true, "eos_token_id": [7, 9], "pad_token_id": 7,
         "temperature": 0.7, "top_k": 20, "top_p": 0.8, "transformers_version": "4.51.0"}
        """
      try Data(json.utf8).write(to: URL(filePath: "\(folder)/generation_config.json"))
      let model = try Qwen3Model(folder: folder, processor: testProcessor())
      #expect(model.stopTokens == [7, 9])
      #expect(model.recommendedParameters == .nonThinking)
      // Without the key transformers takes the most probable token.
      try Data(json.replacing(#""do_sample": true,"#, with: "").utf8)
        .write(to: URL(filePath: "\(folder)/generation_config.json"))
      #expect(try Qwen3Model(folder: folder, processor: testProcessor()).recommendedParameters.temperature == 0)
    }
  }
}
