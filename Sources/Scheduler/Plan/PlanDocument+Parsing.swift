import Yams

extension PlanDocument {
  /// Reads a document. What it says is not yet believed.
  ///
  /// - Throws: ``PlanError`` with the line of what is malformed, missing or unknown.
  init(text: String, file: String) throws(PlanError) {
    let root = try PlanNode(node: Self.compose(text, file: file), file: file)
    let fields = PlanFields(try root.fields(PlanField.header, of: "plan"), parent: root)
    let format = try fields.node(PlanField.format).text(of: PlanField.format)
    guard format.value == PlanField.formatName else {
      throw PlanError(
        .wrongValue(field: PlanField.format, expected: PlanField.formatName), file: file, line: format.line)
    }
    modelWidth = try fields.count(PlanField.modelWidth)
    layerCount = try fields.count(PlanField.layerCount)
    headCount = try fields.count(PlanField.headCount)
    feedForwardWidth = try fields.count(PlanField.feedForwardWidth)
    reuse = try Self.reuse(fields.node(PlanField.reuse))
    solver = try fields.node(PlanField.solver).text(of: PlanField.solver)
    status = try Self.status(fields.node(PlanField.status))
    let embeddingNode = try fields.node(PlanField.embedding)
    embedding = try Boundary(
      PlanFields(embeddingNode.fields(PlanField.boundary, of: PlanField.embedding), parent: embeddingNode))
    halves = []
    for (number, item) in try fields.node(PlanField.schedule).items(of: PlanField.schedule).enumerated() {
      halves += try Self.layer(item, number: number)
    }
    if halves.count != 2 * layerCount.value {
      throw PlanError(
        .wrongValue(field: PlanField.layerCount, expected: "\(halves.count / 2), the number of layers listed"),
        file: file, line: layerCount.line)
    }
  }

  private static func layer(_ node: PlanNode, number: Int) throws(PlanError) -> [Half] {
    let names = [PlanField.layer, PlanField.attention, PlanField.feedForward]
    let fields = PlanFields(try node.fields(names, of: PlanField.schedule), parent: node)
    let layer = try fields.count(PlanField.layer)
    guard layer.value == number else {
      throw PlanError(
        .wrongValue(field: PlanField.layer, expected: "\(number)"), file: node.file, line: layer.line)
    }
    let attention = try fields.node(PlanField.attention)
    let feedForward = try fields.node(PlanField.feedForward)
    return [
      try Half(
        PlanFields(attention.fields(PlanField.attentionHalf, of: PlanField.attention), parent: attention),
        first: PlanField.lookups, used: PlanField.headsUsed),
      try Half(
        PlanFields(feedForward.fields(PlanField.feedForwardHalf, of: PlanField.feedForward), parent: feedForward),
        first: PlanField.reglus, used: PlanField.neuronsUsed),
    ]
  }

  private static func reuse(_ node: PlanNode) throws(PlanError) -> Located<ReuseRule> {
    let text = try node.text(of: PlanField.reuse)
    guard let rule = ReuseRule(rawValue: text.value) else {
      let expected = ReuseRule.allCases.map(\.rawValue).joined(separator: " or ")
      throw node.error(.wrongValue(field: PlanField.reuse, expected: expected))
    }
    return Located(rule, line: text.line)
  }

  private static func status(_ node: PlanNode) throws(PlanError) -> Located<PlanStatus> {
    let text = try node.text(of: PlanField.status)
    guard let status = PlanStatus(text.value) else {
      let example = PlanStatus(.feasible(bound: 20))
      throw node.error(
        .wrongValue(
          field: PlanField.status, expected: "'\(PlanStatus(.optimal))', '\(example)' or '\(PlanStatus.unproved)'"))
    }
    return Located(status, line: text.line)
  }

  private static func compose(_ text: String, file: String) throws(PlanError) -> Node {
    if let line = YAMLText.firstReference(in: text) {
      throw PlanError(.malformed("plans have no anchors and aliases"), file: file, line: line)
    }
    do {
      guard let node = try Yams.compose(yaml: text) else {
        throw PlanError(.malformed("it is empty"), file: file)
      }
      return node
    } catch let error as PlanError {
      throw error
    } catch {
      let (message, line) = YAMLText.explain(error)
      throw PlanError(.malformed(message), file: file, line: line)
    }
  }
}

/// The fields of one mapping, all known to be there.
struct PlanFields {
  private let fields: [String: PlanNode]
  private let parent: PlanNode

  init(_ fields: [String: PlanNode], parent: PlanNode) {
    self.fields = fields
    self.parent = parent
  }

  func node(_ name: String) throws(PlanError) -> PlanNode {
    guard let node = fields[name] else { throw parent.error(.missingField(name)) }
    return node
  }

  func count(_ name: String) throws(PlanError) -> Located<Int> { try node(name).count(of: name) }

  func names(_ name: String) throws(PlanError) -> [Located<String>] { try node(name).names(of: name) }

  func has(_ name: String) -> Bool { fields[name] != nil }
}

extension PlanDocument.Boundary {
  fileprivate init(_ fields: PlanFields) throws(PlanError) {
    dependencyWidth = try fields.count(PlanField.dependencyWidth)
    linearWidth = try fields.count(PlanField.linearWidth)
    live = []
    for (name, value) in try fields.node(PlanField.live).pairs(of: PlanField.live) {
      live.append(PlanDocument.Slot(name: name, slot: try value.count(of: name.value)))
    }
  }
}

extension PlanDocument.Half {
  fileprivate init(_ fields: PlanFields, first: String, used: String) throws(PlanError) {
    self.first = try fields.names(first)
    tables = fields.has(PlanField.tables) ? try fields.names(PlanField.tables) : []
    persists = try fields.names(PlanField.persists)
    erased = try fields.names(PlanField.erased)
    refilled = []
    for (new, value) in try fields.node(PlanField.refilled).pairs(of: PlanField.refilled) {
      refilled.append(PlanDocument.Refill(new: new, old: try value.text(of: new.value)))
    }
    self.used = try fields.count(used)
    boundary = try PlanDocument.Boundary(fields)
  }
}
