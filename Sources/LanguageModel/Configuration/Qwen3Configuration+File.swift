extension Qwen3Configuration {
  /// Reads a config.json, with the keys of older and newer releases.
  ///
  /// - Throws: `LanguageModelError` when a value is absent or cannot be, and for what is not implemented: other
  ///   architectures, biases, sliding windows, rotary scalings other than YaRN.
  public init(file: String) throws(LanguageModelError) {
    let json = try JSONSettings(file: file)
    let isMixture = try Self.isMixture(json)
    func required(_ value: Int?, _ name: String) throws(LanguageModelError) -> Int {
      try json.required(value, name)
    }

    vocabularySize = try required(json.integer("vocab_size", from: 1), "vocab_size")
    hiddenSize = try required(json.integer("hidden_size", from: 1), "hidden_size")
    intermediateSize = try required(json.integer("intermediate_size", from: 1), "intermediate_size")
    layers = try required(json.integer("num_hidden_layers", from: 1), "num_hidden_layers")
    queryHeads = try required(json.integer("num_attention_heads", from: 1), "num_attention_heads")
    keyValueHeads = try required(json.integer("num_key_value_heads", from: 1) ?? queryHeads, "num_key_value_heads")
    headSize = try required(json.integer("head_dim", from: 1), "head_dim")
    normEpsilon = try json.float("rms_norm_eps") ?? 1e-6
    maximumPositions = try required(
      json.integer("max_position_embeddings", from: 1) ?? 32768, "max_position_embeddings")
    tiesEmbeddings = try json.bool("tie_word_embeddings") ?? false
    rotary = try RotaryEmbedding(json)
    experts = isMixture ? try MixtureOfExperts(json) : nil

    let name = try json.string("hidden_act") ?? "silu"
    guard let activation = GateActivation(rawValue: name) else {
      throw LanguageModelError(.unsupported, file: file, "hidden_act \(name) is not supported")
    }
    self.activation = activation
    quantization = try Self.quantization(json)
    try Self.refuseOptions(json)
    try check(file: file)
  }

  /// Whether the architecture is the mixture of experts rather than the dense model.
  private static func isMixture(_ json: JSONSettings) throws(LanguageModelError) -> Bool {
    let architecture = try json.strings("architectures")?.first
    let type = try json.string("model_type")
    switch (architecture, type) {
    case ("Qwen3ForCausalLM", _), (nil, "qwen3"): return false
    case ("Qwen3MoeForCausalLM", _), (nil, "qwen3_moe"): return true
    default:
      let found = architecture ?? type.map { "model_type \($0)" } ?? "no name"
      throw LanguageModelError(
        .unsupported, file: json.file,
        "unknown architecture: expected Qwen3ForCausalLM or Qwen3MoeForCausalLM, found \(found)")
    }
  }

  private static func quantization(_ json: JSONSettings) throws(LanguageModelError) -> Quantization? {
    guard let object = try json.object("quantization_config") else { return nil }
    let method = try object.string("quant_method") ?? "no quant_method"
    guard let quantization = Quantization(rawValue: method) else {
      throw LanguageModelError(
        .unsupported, file: json.file, "quantization_config: expected quant_method mili-int8, found \(method)")
    }
    return quantization
  }

  private static func refuseOptions(_ json: JSONSettings) throws(LanguageModelError) {
    for name in ["attention_bias", "use_sliding_window"] where try json.bool(name) ?? false {
      throw LanguageModelError(.unsupported, file: json.file, "\(name) is not supported")
    }
  }

  private func check(file: String) throws(LanguageModelError) {
    func require(_ condition: Bool, _ message: String) throws(LanguageModelError) {
      if !condition { throw LanguageModelError(.configuration, file: file, message) }
    }
    try require(
      queryHeads % keyValueHeads == 0,
      "num_attention_heads (\(queryHeads)) must be a multiple of num_key_value_heads (\(keyValueHeads))")
    try require(headSize % 2 == 0, "head_dim must be even")
    try require(normEpsilon >= 0, "rms_norm_eps must not be negative")
    let largest = 1 << 24
    for (name, value) in [
      ("hidden_size", hiddenSize), ("intermediate_size", intermediateSize), ("vocab_size", vocabularySize),
      ("num_attention_heads · head_dim", queryHeads * headSize),
      ("num_hidden_layers", layers), ("max_position_embeddings", maximumPositions),
    ] {
      try require(value > 0 && value <= largest, "\(name) must be from 1 to \(largest)")
    }
  }
}

extension Qwen3Configuration.MixtureOfExperts {
  init(_ json: JSONSettings) throws(LanguageModelError) {
    func required(_ value: Int?, _ name: String) throws(LanguageModelError) -> Int {
      try json.required(value, name)
    }
    count = try required(json.integer("num_experts", "num_local_experts", from: 1), "num_experts")
    active = try required(json.integer("num_experts_per_tok", from: 1), "num_experts_per_tok")
    intermediateSize = try required(json.integer("moe_intermediate_size", from: 1), "moe_intermediate_size")
    normalizesProbabilities = try json.bool("norm_topk_prob") ?? false
    sparseStep = try required(json.integer("decoder_sparse_step", from: 1) ?? 1, "decoder_sparse_step")
    denseLayers = try json.integers("mlp_only_layers") ?? []
    for (name, value, largest) in [
      ("num_experts_per_tok", active, count), ("num_experts", count, 1 << 16),
      ("moe_intermediate_size", intermediateSize, 1 << 24),
    ] where value > largest {
      throw LanguageModelError(.configuration, file: json.file, "\(name) must be from 1 to \(largest), found \(value)")
    }
  }
}

extension JSONSettings {
  /// The value of an entry that must be there.
  fileprivate func required(_ value: Int?, _ name: String) throws(LanguageModelError) -> Int {
    guard let value else { throw LanguageModelError(.configuration, file: file, "\(name) is missing") }
    return value
  }
}
