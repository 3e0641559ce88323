extension Qwen3Configuration {
  /// The keys of a config.json, in the style of the published checkpoints.
  var jsonObject: [String: Any] {
    var object: [String: Any] = [
      "architectures": [experts == nil ? "Qwen3ForCausalLM" : "Qwen3MoeForCausalLM"],
      "model_type": experts == nil ? "qwen3" : "qwen3_moe",
      "vocab_size": vocabularySize, "hidden_size": hiddenSize, "intermediate_size": intermediateSize,
      "num_hidden_layers": layers, "num_attention_heads": queryHeads, "num_key_value_heads": keyValueHeads,
      "head_dim": headSize, "rms_norm_eps": Double(normEpsilon), "hidden_act": activation.rawValue,
      "max_position_embeddings": maximumPositions, "tie_word_embeddings": tiesEmbeddings,
      "rope_theta": rotary.theta, "attention_bias": false, "torch_dtype": "bfloat16",
    ]
    if let scaling = rotary.scaling {
      object["rope_scaling"] = [
        "rope_type": "yarn", "factor": scaling.factor, "original_max_position_embeddings": scaling.originalPositions,
        "attention_factor": scaling.attentionFactor, "beta_fast": scaling.fastTurns, "beta_slow": scaling.slowTurns,
        "truncate": scaling.roundsBorders,
      ]
    }
    if let experts {
      object["num_experts"] = experts.count
      object["num_experts_per_tok"] = experts.active
      object["moe_intermediate_size"] = experts.intermediateSize
      object["norm_topk_prob"] = experts.normalizesProbabilities
      object["decoder_sparse_step"] = experts.sparseStep
      object["mlp_only_layers"] = experts.denseLayers
    }
    return object
  }

  /// The shape of the published Qwen3-0.6B.
  public static let qwen3Point6B = Qwen3Configuration(
    vocabularySize: 151_936, hiddenSize: 1024, intermediateSize: 3072, layers: 28, queryHeads: 16, keyValueHeads: 8,
    headSize: 128, normEpsilon: 1e-6, activation: .silu, maximumPositions: 40_960, tiesEmbeddings: true,
    rotary: RotaryEmbedding(theta: 1_000_000))

  /// A shape small enough for tests, with a vocabulary to choose.
  public static func tiny(vocabularySize: Int = 512) -> Qwen3Configuration {
    Qwen3Configuration(
      vocabularySize: vocabularySize, hiddenSize: 64, intermediateSize: 128, layers: 2, queryHeads: 4,
      keyValueHeads: 2, headSize: 32, normEpsilon: 1e-6, activation: .silu, maximumPositions: 4096,
      tiesEmbeddings: true, rotary: RotaryEmbedding(theta: 1_000_000))
  }
  /// As `tiny`, with a mixture of eight experts in each layer.
  public static func tinyMixture(vocabularySize: Int = 512) -> Qwen3Configuration {
    var shape = tiny(vocabularySize: vocabularySize)
    shape.tiesEmbeddings = false
    shape.experts = MixtureOfExperts(count: 8, active: 2, intermediateSize: 48)
    return shape
  }
}
