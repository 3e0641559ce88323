/// Everything about a model but its weights: what `config.json` holds.
struct ModelConfiguration {
  let vocabulary: [String]
  let stopToken: Int
  let modelWidth: Int
  let layerCount: Int
  let feedForwardWidth: Int
  let erasedAfterAttention: [[Int]]  // [layers, any]
  let erasedAfterFeedForward: [[Int]]  // [layers, any]
  let tieRules: [[TransformerLayer.TieRule]]  // [layers, heads]
  let headRoles: [[TransformerLayer.HeadRole]]  // [layers, heads]
  let metadata: [String: String]

  var headCount: Int { modelWidth / 2 }

  /// What `config.json` calls this sort of model.
  static let modelType = "compiled_transformer"

  init(_ model: TransformerModel) {
    vocabulary = model.vocabulary
    stopToken = model.stopToken
    modelWidth = model.modelWidth
    layerCount = model.layers.count
    feedForwardWidth = model.feedForwardWidth
    erasedAfterAttention = model.layers.map(\.erasedAfterAttention)
    erasedAfterFeedForward = model.layers.map(\.erasedAfterFeedForward)
    tieRules = model.layers.map(\.tieRules)
    headRoles = model.layers.map(\.headRoles)
    metadata = model.metadata
  }
}

extension ModelConfiguration {
  /// The configuration as JSON, members in a fixed order.
  var json: JSONText {
    .object([
      ("architectures", .array([.string("CompiledTransformer")])),
      ("model_type", .string(Self.modelType)),
      ("torch_dtype", .string("float64")),
      ("hidden_act", .string("reglu")),
      ("vocab_size", .integer(vocabulary.count)),
      ("hidden_size", .integer(modelWidth)),
      ("num_hidden_layers", .integer(layerCount)),
      ("num_attention_heads", .integer(headCount)),
      ("head_dim", .integer(2)),
      ("intermediate_size", .integer(feedForwardWidth)),
      ("eos_token_id", .integer(stopToken)),
      ("erased_after_attention", Self.table(erasedAfterAttention) { .integer($0) }),
      ("erased_after_ffn", Self.table(erasedAfterFeedForward) { .integer($0) }),
      ("tie_rules", Self.table(tieRules) { .string($0.name) }),
      ("head_roles", Self.table(headRoles) { .string($0.name) }),
      ("metadata", .object(metadata.sorted { $0.key < $1.key }.map { ($0.key, .string($0.value)) })),
      ("vocabulary", .array(vocabulary.map { .string($0) })),
    ])
  }

  private static func table<Element>(_ rows: [[Element]], _ text: (Element) -> JSONText) -> JSONText {
    .array(rows.map { .array($0.map(text)) })
  }
}
