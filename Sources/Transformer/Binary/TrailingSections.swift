/// What may follow the weights: erased slots, tie rules, head roles.
struct TrailingSections {
  private(set) var erasedAfterAttention: [[Int]]
  private(set) var erasedAfterFeedForward: [[Int]]
  private(set) var tieRules: [[TransformerLayer.TieRule]]
  private(set) var headRoles: [[TransformerLayer.HeadRole]]

  init(_ header: BinaryHeader, _ reader: inout ByteReader) throws(TransformerError) {
    let layers = header.layerCount
    let heads = header.headCount
    erasedAfterAttention = Array(repeating: [], count: layers)
    erasedAfterFeedForward = Array(repeating: [], count: layers)
    tieRules = Array(repeating: Array(repeating: .average, count: heads), count: layers)
    headRoles = Array(repeating: Array(repeating: .lookup, count: heads), count: layers)
    if try Self.readFlag("erased slots", &reader) {
      for layer in 0..<layers {
        erasedAfterAttention[layer] = try Self.readSlots(header, layer, "attention", &reader)
        erasedAfterFeedForward[layer] = try Self.readSlots(header, layer, "the FFN", &reader)
      }
    }
    if try Self.readFlag("tie rules", &reader) {
      tieRules = try Self.readCodes(header, "tie rule", "0 (average) or 1 (latest)", &reader)
    }
    if try Self.readFlag("head roles", &reader) {
      headRoles = try Self.readCodes(header, "role", "0 (lookup), 1 (passthrough) or 2 (gather)", &reader)
    }
  }

  /// Whether a section follows: its flag, or false at the end of the file.
  private static func readFlag(_ what: String, _ reader: inout ByteReader) throws(TransformerError) -> Bool {
    guard reader.remaining > 0 else { return false }
    let offset = reader.offset
    let flag = try reader.readInt32("flag of the \(what)")
    guard flag == 0 || flag == 1 else {
      throw TransformerError(.inconsistent, "flag of the \(what): expected 0 or 1, found \(flag)", byte: offset)
    }
    return flag == 1
  }

  private static func readSlots(
    _ header: BinaryHeader, _ layer: Int, _ half: String, _ reader: inout ByteReader
  ) throws(TransformerError) -> [Int] {
    let what = "slots erased after \(half) of layer \(layer)"
    let start = reader.offset
    let count = try reader.readInt32("number of " + what)
    guard count >= 0 else {
      throw TransformerError(.inconsistent, "number of \(what): expected 0 or more, found \(count)", byte: start)
    }
    try reader.require(count, of: 4, what)
    var slots: [Int] = []
    for _ in 0..<count {
      let offset = reader.offset
      let slot = try reader.readInt32(what)
      guard slot >= 0, slot < header.modelWidth else {
        throw TransformerError(
          .inconsistent, "\(what): expected 0 to \(header.modelWidth - 1), found \(slot)", byte: offset)
      }
      slots.append(slot)
    }
    return slots
  }

  private static func readCodes<Code: RawRepresentable<Int32>>(
    _ header: BinaryHeader, _ what: String, _ expected: String, _ reader: inout ByteReader
  ) throws(TransformerError) -> [[Code]] {
    var layers: [[Code]] = []
    for layer in 0..<header.layerCount {
      var codes: [Code] = []
      for head in 0..<header.headCount {
        let offset = reader.offset
        let raw = try reader.readInt32("\(what) of layer \(layer), head \(head)")
        guard let code = Code(rawValue: Int32(truncatingIfNeeded: raw)) else {
          throw TransformerError(
            .inconsistent, "\(what) of layer \(layer), head \(head): expected \(expected), found \(raw)", byte: offset)
        }
        codes.append(code)
      }
      layers.append(codes)
    }
    return layers
  }
}
