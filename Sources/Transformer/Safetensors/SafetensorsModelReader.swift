extension TransformerModel {
  /// Reads a model from the bytes of a safetensors file.
  ///
  /// - Parameters:
  ///   - bytes: The whole file.
  ///   - configuration: The bytes of a `config.json`, used when the file does not carry its configuration itself, as
  ///     happens when another tool has rewritten it.
  /// - Throws: `TransformerError` with the offset of the first byte that is not as expected.
  public init(safetensors bytes: [UInt8], configuration: [UInt8]? = nil) throws(TransformerError) {
    try self.init(safetensors: bytes) { () throws(TransformerError) in
      guard let configuration else {
        throw TransformerError(.malformed, "expected a configuration in the header or beside the file", byte: 8)
      }
      return try ModelConfiguration(parsing: configuration)
    }
  }

  /// Reads a model from the bytes of a safetensors file; `fallback` is asked only when the file has no configuration.
  init(
    safetensors bytes: [UInt8], fallback: () throws(TransformerError) -> ModelConfiguration
  ) throws(TransformerError) {
    let header = try SafetensorsHeader(bytes)
    if let own = header.metadata["configuration"] {
      try self.init(header, try Self.readEmbedded(own), bytes)
    } else {
      try self.init(header, try fallback(), bytes)
    }
  }

  private static func readEmbedded(_ node: JSONNode) throws(TransformerError) -> ModelConfiguration {
    let text = Array(try node.text("configuration").utf8)
    do {
      return try ModelConfiguration(parsing: text)
    } catch {
      // Offsets inside the text are not offsets in the file, since the text is written there with escapes.
      throw TransformerError(error.kind, "configuration in the header: \(error.description)", byte: node.offset)
    }
  }

  private init(_ header: SafetensorsHeader, _ settings: ModelConfiguration, _ bytes: [UInt8]) throws(TransformerError) {
    let tokens = settings.vocabulary.count
    let width = settings.modelWidth
    var known: Set = [TensorNames.embedding, TensorNames.head]
    func matrix(_ name: String, _ rows: Int, _ columns: Int) throws(TransformerError) -> Matrix {
      known.insert(name)
      return try header.matrix(name, rows: rows, columns: columns, in: bytes)
    }
    let embedding = try matrix(TensorNames.embedding, tokens, width)
    var layers: [TransformerLayer] = []
    for index in 0..<settings.layerCount {
      let neurons = settings.feedForwardWidth
      layers.append(
        settings.layer(
          index,
          inProjection: try matrix(TensorNames.inProjection(index), 3 * width, width),
          outProjection: try matrix(TensorNames.outProjection(index), width, width),
          feedForwardIn: try matrix(TensorNames.feedForwardIn(index), 2 * neurons, width),
          feedForwardOut: try matrix(TensorNames.feedForwardOut(index), width, neurons)))
    }
    let head = try matrix(TensorNames.head, tokens, width)
    if let extra = header.tensors.filter({ !known.contains($0.key) }).min(by: { $0.key < $1.key }) {
      throw TransformerError(.oversized, "expected no tensor \(extra.key)", byte: extra.value.offset)
    }
    try self.init(
      vocabulary: settings.vocabulary, stopToken: settings.stopToken, embedding: embedding, layers: layers, head: head,
      metadata: settings.metadata)
  }
}

extension ModelConfiguration {
  /// Joins the weights of a layer with what the configuration says about it.
  fileprivate func layer(
    _ index: Int, inProjection: Matrix, outProjection: Matrix, feedForwardIn: Matrix, feedForwardOut: Matrix
  ) -> TransformerLayer {
    func row<Element>(_ table: [[Element]], otherwise: [Element]) -> [Element] {
      table.isEmpty ? otherwise : table[index]
    }
    return TransformerLayer(
      inProjection: inProjection, outProjection: outProjection,
      feedForwardIn: feedForwardIn, feedForwardOut: feedForwardOut,
      erasedAfterAttention: row(erasedAfterAttention, otherwise: []),
      erasedAfterFeedForward: row(erasedAfterFeedForward, otherwise: []),
      tieRules: row(tieRules, otherwise: Array(repeating: .average, count: headCount)),
      headRoles: row(headRoles, otherwise: Array(repeating: .lookup, count: headCount)))
  }
}
