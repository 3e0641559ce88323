/// A tensor that a model of some shape has.
package struct ExpectedTensor: Hashable, Sendable {
  package var name: String
  package var shape: [Int]
  package var role: Role

  /// What a tensor does, as far as making and rounding it goes.
  package enum Role: Sendable {
    /// A matrix that most of a token's time goes into; int8 models round it.
    case matrix
    /// A router; always kept as it is.
    case router
    /// The weights of a norm.
    case norm
  }
}

extension Qwen3Configuration {
  /// Every tensor of a checkpoint of this shape, in the order in which a token meets them.
  package var tensors: [ExpectedTensor] {
    var tensors = [
      ExpectedTensor(name: "model.embed_tokens.weight", shape: [vocabularySize, hiddenSize], role: .matrix)
    ]
    for layer in 0..<layers {
      tensors += attentionTensors("model.layers.\(layer)")
      tensors += feedForwardTensors("model.layers.\(layer).mlp", isSparse: isSparse(layer: layer))
    }
    tensors.append(ExpectedTensor(name: "model.norm.weight", shape: [hiddenSize], role: .norm))
    if !tiesEmbeddings {
      tensors.append(ExpectedTensor(name: "lm_head.weight", shape: [vocabularySize, hiddenSize], role: .matrix))
    }
    return tensors
  }

  private func attentionTensors(_ layer: String) -> [ExpectedTensor] {
    let (queryWidth, keyWidth) = (queryHeads * headSize, keyValueHeads * headSize)
    let name = "\(layer).self_attn"
    return [
      ExpectedTensor(name: "\(layer).input_layernorm.weight", shape: [hiddenSize], role: .norm),
      ExpectedTensor(name: "\(name).q_proj.weight", shape: [queryWidth, hiddenSize], role: .matrix),
      ExpectedTensor(name: "\(name).k_proj.weight", shape: [keyWidth, hiddenSize], role: .matrix),
      ExpectedTensor(name: "\(name).v_proj.weight", shape: [keyWidth, hiddenSize], role: .matrix),
      ExpectedTensor(name: "\(name).q_norm.weight", shape: [headSize], role: .norm),
      ExpectedTensor(name: "\(name).k_norm.weight", shape: [headSize], role: .norm),
      ExpectedTensor(name: "\(name).o_proj.weight", shape: [hiddenSize, queryWidth], role: .matrix),
      ExpectedTensor(name: "\(layer).post_attention_layernorm.weight", shape: [hiddenSize], role: .norm),
    ]
  }

  private func feedForwardTensors(_ name: String, isSparse: Bool) -> [ExpectedTensor] {
    func gated(_ name: String, _ width: Int) -> [ExpectedTensor] {
      [
        ExpectedTensor(name: "\(name).gate_proj.weight", shape: [width, hiddenSize], role: .matrix),
        ExpectedTensor(name: "\(name).up_proj.weight", shape: [width, hiddenSize], role: .matrix),
        ExpectedTensor(name: "\(name).down_proj.weight", shape: [hiddenSize, width], role: .matrix),
      ]
    }
    guard let experts, isSparse else { return gated(name, intermediateSize) }
    return [ExpectedTensor(name: "\(name).gate.weight", shape: [experts.count, hiddenSize], role: .router)]
      + (0..<experts.count).flatMap { gated("\(name).experts.\($0)", experts.intermediateSize) }
  }
}
