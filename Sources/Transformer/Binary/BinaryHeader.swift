/// The six numbers that `model.bin` begins with.
struct BinaryHeader {
  let vocabularySize: Int
  let modelWidth: Int
  let layerCount: Int
  let headCount: Int
  let feedForwardWidth: Int
  let stopToken: Int

  /// Reads the numbers and checks what can be checked before anything is allocated.
  init(_ reader: inout ByteReader) throws(TransformerError) {
    vocabularySize = try Self.read("vocabulary size", &reader) { $0 >= 1 ? nil : "at least 1" }
    modelWidth = try Self.read("d_model", &reader) { width in
      width >= 4 && width.isMultiple(of: 2) ? nil : "an even number of at least 4"
    }
    layerCount = try Self.read("layer count", &reader) { $0 >= 0 ? nil : "0 or more" }
    let expectedHeads = modelWidth / 2
    headCount = try Self.read("head count", &reader) { $0 == expectedHeads ? nil : "d_model / 2 = \(expectedHeads)" }
    feedForwardWidth = try Self.read("d_ffn", &reader) { $0 >= 0 ? nil : "0 or more" }
    let lastToken = vocabularySize - 1
    stopToken = try Self.read("stop token", &reader) { (0...lastToken).contains($0) ? nil : "0 to \(lastToken)" }
  }

  /// Reads one number; `expectation` says in words what it should have been, or nil when it is right.
  private static func read(
    _ what: String, _ reader: inout ByteReader, expectation: (Int) -> String?
  ) throws(TransformerError) -> Int {
    let offset = reader.offset
    let value = try reader.readInt32(what)
    if let expected = expectation(value) {
      throw TransformerError(.inconsistent, "\(what): expected \(expected), found \(value)", byte: offset)
    }
    return value
  }

  /// The number of weights in one layer, or nil when it cannot be counted. Matrices: in, out, feed-forward in and out.
  private var weightsPerLayer: Int? {
    // d_model and d_ffn are below 2³¹, so each product is below 2⁶² · 4 only in the first term.
    let (attention, attentionOverflow) = (modelWidth * modelWidth).multipliedReportingOverflow(by: 4)
    let (feedForward, feedForwardOverflow) = (modelWidth * feedForwardWidth).multipliedReportingOverflow(by: 3)
    let (sum, overflow) = attention.addingReportingOverflow(feedForward)
    return attentionOverflow || feedForwardOverflow || overflow ? nil : sum
  }

  /// Fails unless the weights that the header announces can still follow.
  func requireWeights(_ reader: ByteReader) throws(TransformerError) {
    let (tables, tablesOverflow) = (vocabularySize * modelWidth).multipliedReportingOverflow(by: 2)
    let (layers, layersOverflow) = (weightsPerLayer ?? Int.max).multipliedReportingOverflow(by: layerCount)
    let (sum, overflow) = tables.addingReportingOverflow(layers)
    let total = tablesOverflow || layersOverflow || overflow ? Int.max : sum
    try reader.require(
      total, of: 8, "weights of \(layerCount) layers, d_model \(modelWidth), d_ffn \(feedForwardWidth)")
  }
}
