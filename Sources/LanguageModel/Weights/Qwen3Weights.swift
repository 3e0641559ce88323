import Kernels

/// The tensors of a Qwen3 model, by what they do. Nothing changes them once they are read.
struct Qwen3Weights: @unchecked Sendable {
  /// [vocabulary, hidden]
  let embedding: WeightMatrix
  let layers: [Layer]
  /// [hidden]
  let finalNorm: FloatBuffer
  /// [vocabulary, hidden]; the embedding itself when they are tied and the files have no other.
  let head: WeightMatrix

  struct Layer {
    let inputNorm: FloatBuffer  // [hidden]
    let attention: Attention
    let feedForwardNorm: FloatBuffer  // [hidden]
    let feedForward: FeedForward
  }

  struct Attention {
    let query: WeightMatrix  // [query heads · head size, hidden]
    let key: WeightMatrix  // [key/value heads · head size, hidden]
    let value: WeightMatrix  // [key/value heads · head size, hidden]
    let output: WeightMatrix  // [hidden, query heads · head size]
    let queryNorm: FloatBuffer  // [head size]
    let keyNorm: FloatBuffer  // [head size]
  }

  enum FeedForward {
    case dense(GatedLayer)
    /// The router is [experts, hidden].
    case sparse(router: WeightMatrix, experts: [GatedLayer])
  }

  /// down(function(gate · x) · (up · x))
  struct GatedLayer {
    let gate: WeightMatrix  // [intermediate, hidden]
    let up: WeightMatrix  // [intermediate, hidden]
    let down: WeightMatrix  // [hidden, intermediate]
  }
}

extension Qwen3Weights {
  /// Finds every tensor under its published name and checks its shape and type.
  init(_ checkpoint: Checkpoint, _ shape: Qwen3Configuration) throws(LanguageModelError) {
    embedding = try checkpoint.matrix(
      "model.embed_tokens.weight", rows: shape.vocabularySize, columns: shape.hiddenSize)
    var layers: [Layer] = []
    for number in 0..<shape.layers {
      layers.append(try Layer(checkpoint, shape, number))
    }
    self.layers = layers
    finalNorm = try checkpoint.vector("model.norm.weight", count: shape.hiddenSize)
    // As in transformers, a head that the files have counts, whatever the configuration says.
    head =
      shape.tiesEmbeddings && !checkpoint.contains("lm_head.weight")
      ? embedding
      : try checkpoint.matrix("lm_head.weight", rows: shape.vocabularySize, columns: shape.hiddenSize)
  }
}

extension Qwen3Weights.Layer {
  fileprivate init(_ checkpoint: Checkpoint, _ shape: Qwen3Configuration, _ number: Int) throws(LanguageModelError) {
    let name = "model.layers.\(number)"
    inputNorm = try checkpoint.vector("\(name).input_layernorm.weight", count: shape.hiddenSize)
    attention = try Qwen3Weights.Attention(checkpoint, shape, "\(name).self_attn")
    feedForwardNorm = try checkpoint.vector("\(name).post_attention_layernorm.weight", count: shape.hiddenSize)

    guard let mixture = shape.experts, shape.isSparse(layer: number) else {
      feedForward = .dense(
        try Qwen3Weights.GatedLayer(checkpoint, "\(name).mlp", shape.hiddenSize, shape.intermediateSize))
      return
    }
    let router = try checkpoint.matrix("\(name).mlp.gate.weight", rows: mixture.count, columns: shape.hiddenSize)
    var experts: [Qwen3Weights.GatedLayer] = []
    for expert in 0..<mixture.count {
      experts.append(
        try Qwen3Weights.GatedLayer(
          checkpoint, "\(name).mlp.experts.\(expert)", shape.hiddenSize, mixture.intermediateSize))
    }
    feedForward = .sparse(router: router, experts: experts)
  }
}

extension Qwen3Weights.Attention {
  fileprivate init(_ checkpoint: Checkpoint, _ shape: Qwen3Configuration, _ name: String) throws(LanguageModelError) {
    let queryWidth = shape.queryHeads * shape.headSize
    let keyWidth = shape.keyValueHeads * shape.headSize
    query = try checkpoint.matrix("\(name).q_proj.weight", rows: queryWidth, columns: shape.hiddenSize)
    key = try checkpoint.matrix("\(name).k_proj.weight", rows: keyWidth, columns: shape.hiddenSize)
    value = try checkpoint.matrix("\(name).v_proj.weight", rows: keyWidth, columns: shape.hiddenSize)
    output = try checkpoint.matrix("\(name).o_proj.weight", rows: shape.hiddenSize, columns: queryWidth)
    queryNorm = try checkpoint.vector("\(name).q_norm.weight", count: shape.headSize)
    keyNorm = try checkpoint.vector("\(name).k_norm.weight", count: shape.headSize)
  }
}

extension Qwen3Weights.GatedLayer {
  fileprivate init(
    _ checkpoint: Checkpoint, _ name: String, _ hidden: Int, _ intermediate: Int
  ) throws(LanguageModelError) {
    gate = try checkpoint.matrix("\(name).gate_proj.weight", rows: intermediate, columns: hidden)
    up = try checkpoint.matrix("\(name).up_proj.weight", rows: intermediate, columns: hidden)
    down = try checkpoint.matrix("\(name).down_proj.weight", rows: hidden, columns: intermediate)
  }
}

extension Qwen3Weights.Layer {
  /// The bytes of weights that one token reads.
  func bytesPerToken(activeExperts: Int?) -> Int {
    let projections = [attention.query, attention.key, attention.value, attention.output]
    return projections.reduce(0) { $0 + $1.byteCount } + feedForward.bytesPerToken(activeExperts: activeExperts)
  }
}

extension Qwen3Weights.FeedForward {
  fileprivate func bytesPerToken(activeExperts: Int?) -> Int {
    switch self {
    case .dense(let layer): layer.byteCount
    case .sparse(let router, let experts):
      router.byteCount + experts.prefix(activeExperts ?? 0).reduce(0) { $0 + $1.byteCount }
    }
  }
}

extension Qwen3Weights.GatedLayer {
  fileprivate var byteCount: Int { gate.byteCount + up.byteCount + down.byteCount }
}
