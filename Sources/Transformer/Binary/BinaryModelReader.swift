extension TransformerModel {
  /// Reads a model from the bytes of a `model.bin`.
  ///
  /// The three trailing sections may be absent. Then nothing is erased, equal keys share their weight as they would
  /// under a softmax (tie rule `average`), and every head is a lookup.
  ///
  /// - Throws: `TransformerError` with the offset of the first byte that is not as expected.
  public init(binary bytes: [UInt8]) throws(TransformerError) {
    var reader = ByteReader(bytes)
    let header = try BinaryHeader(&reader)
    let names = try Self.readVocabulary(header, &reader)
    try header.requireWeights(reader)
    let embedding = try reader.readMatrix(rows: header.vocabularySize, columns: header.modelWidth, "embedding")
    var weights: [LayerWeights] = []
    for layer in 0..<header.layerCount {
      weights.append(try LayerWeights(header, layer, &reader))
    }
    let head = try reader.readMatrix(rows: header.vocabularySize, columns: header.modelWidth, "head")
    let rules = try TrailingSections(header, &reader)
    guard reader.remaining == 0 else {
      throw TransformerError(
        .oversized, "expected the end of the file, found \(reader.remaining) more bytes", byte: reader.offset)
    }
    try self.init(
      vocabulary: names, stopToken: header.stopToken, embedding: embedding,
      layers: weights.enumerated().map { index, weights in weights.layer(rules, index) }, head: head)
  }

  private static func readVocabulary(
    _ header: BinaryHeader, _ reader: inout ByteReader
  ) throws(TransformerError) -> [String] {
    try reader.require(header.vocabularySize, of: 4, "names of \(header.vocabularySize) tokens")
    var names: [String] = []
    names.reserveCapacity(header.vocabularySize)
    var seen = Set<[UInt8]>()
    for token in 0..<header.vocabularySize {
      let offset = reader.offset
      let length = try reader.readUInt32("name length of token \(token)")
      let name = try reader.readText(byteCount: length, "name of token \(token)")
      guard seen.insert(Array(name.utf8)).inserted else {
        throw TransformerError(
          .inconsistent, "name of token \(token): expected a new name, found \(String(reflecting: name)) again",
          byte: offset)
      }
      names.append(name)
    }
    return names
  }
}

/// The matrices of one layer, in the order of the file.
private struct LayerWeights {
  let inProjection: Matrix
  let outProjection: Matrix
  let feedForwardIn: Matrix
  let feedForwardOut: Matrix

  init(_ header: BinaryHeader, _ layer: Int, _ reader: inout ByteReader) throws(TransformerError) {
    let width = header.modelWidth
    let neurons = header.feedForwardWidth
    inProjection = try reader.readMatrix(rows: 3 * width, columns: width, "in_proj of layer \(layer)")
    outProjection = try reader.readMatrix(rows: width, columns: width, "out_proj of layer \(layer)")
    feedForwardIn = try reader.readMatrix(rows: 2 * neurons, columns: width, "ff_in of layer \(layer)")
    feedForwardOut = try reader.readMatrix(rows: width, columns: neurons, "ff_out of layer \(layer)")
  }

  func layer(_ rules: TrailingSections, _ index: Int) -> TransformerLayer {
    TransformerLayer(
      inProjection: inProjection, outProjection: outProjection,
      feedForwardIn: feedForwardIn, feedForwardOut: feedForwardOut,
      erasedAfterAttention: rules.erasedAfterAttention[index],
      erasedAfterFeedForward: rules.erasedAfterFeedForward[index],
      tieRules: rules.tieRules[index], headRoles: rules.headRoles[index])
  }
}
