extension ModelConfiguration {
  /// Reads a configuration from the bytes of a `config.json`.
  init(parsing bytes: [UInt8]) throws(TransformerError) {
    try self.init(try JSONParser.parse(bytes, in: 0..<bytes.count))
  }

  /// Reads a configuration. The lists of erased slots, tie rules, head roles and metadata may be absent.
  init(_ node: JSONNode) throws(TransformerError) {
    let count = 0...Int(Int32.max)
    func integer(_ name: String, in range: ClosedRange<Int>) throws(TransformerError) -> Int {
      try node.member(name, of: "configuration").integer(name, in: range)
    }
    modelWidth = try integer("hidden_size", in: count)
    layerCount = try integer("num_hidden_layers", in: count)
    feedForwardWidth = try integer("intermediate_size", in: count)
    stopToken = try integer("eos_token_id", in: count)
    _ = try integer("num_attention_heads", in: modelWidth / 2...modelWidth / 2)
    var names: [String] = []
    for name in try node.member("vocabulary", of: "configuration").elements("vocabulary") {
      names.append(try name.text("a token of the vocabulary"))
    }
    vocabulary = names
    _ = try integer("vocab_size", in: names.count...names.count)
    erasedAfterAttention = try Self.slots("erased_after_attention", node, layerCount, modelWidth)
    erasedAfterFeedForward = try Self.slots("erased_after_ffn", node, layerCount, modelWidth)
    tieRules = try Self.perHead("tie_rules", node, layerCount, modelWidth / 2) ?? []
    headRoles = try Self.perHead("head_roles", node, layerCount, modelWidth / 2) ?? []
    var remarks: [String: String] = [:]
    for (name, value) in try node.members("configuration")["metadata"]?.members("metadata") ?? [:] {
      remarks[name] = try value.text("metadata \(name)")
    }
    metadata = remarks
  }

  /// The rows of a table with one row for each layer, or nil when the configuration has no such member.
  private static func rows(
    _ name: String, _ node: JSONNode, _ layerCount: Int
  ) throws(TransformerError) -> [JSONNode]? {
    guard let table = try node.members("configuration")[name] else { return nil }
    let rows = try table.elements(name)
    guard rows.count == layerCount else {
      throw TransformerError(
        .inconsistent, "\(name): expected a list for each of \(layerCount) layers, found \(rows.count)",
        byte: table.offset)
    }
    return rows
  }

  private static func slots(
    _ name: String, _ node: JSONNode, _ layerCount: Int, _ width: Int
  ) throws(TransformerError) -> [[Int]] {
    var table: [[Int]] = []
    for row in try rows(name, node, layerCount) ?? [] {
      var slots: [Int] = []
      for slot in try row.elements(name) { slots.append(try slot.integer(name, in: 0...max(0, width - 1))) }
      table.append(slots)
    }
    return table
  }

  private static func perHead<Code: NamedCode>(
    _ name: String, _ node: JSONNode, _ layerCount: Int, _ headCount: Int
  ) throws(TransformerError) -> [[Code]]? {
    guard let rows = try rows(name, node, layerCount) else { return nil }
    var table: [[Code]] = []
    for row in rows {
      let heads = try row.elements(name)
      guard heads.count == headCount else {
        throw TransformerError(
          .inconsistent, "\(name): expected \(headCount) heads, found \(heads.count)", byte: row.offset)
      }
      var codes: [Code] = []
      for head in heads {
        let text = try head.text(name)
        guard let code = Code.allCases.first(where: { $0.name == text }) else {
          let known = Code.allCases.map(\.name).joined(separator: " or ")
          throw TransformerError(.malformed, "\(name): expected \(known), found \(text)", byte: head.offset)
        }
        codes.append(code)
      }
      table.append(codes)
    }
    return table
  }
}
