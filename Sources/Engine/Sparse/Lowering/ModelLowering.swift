import Transformer

/// Traces a transformer's residual stream symbolically: for each slot, which register holds it.
///
/// Weights that are zero, slots that are known to be zero, rows that only copy and heads that read their own position leave no trace.
struct ModelLowering {
  private(set) var graph = RegisterGraph()
  /// What the output head adds up for each token.
  private(set) var scores: [[Product]] = []  // [V]
  /// What the weights prove about each head.
  private(set) var headUses: [[HeadUse]] = []  // [layers, heads]
  /// The heads that gather by position, by their number among all heads of all layers.
  private(set) var gatheringHeads: [Int: AttendingHead] = [:]
  /// What the output head reads.
  var roots: [Register] { scores.joined().map(\.register) }
  private var slots: [Register] = []  // [D]
  /// The embedding columns that hold nothing but 0 and 1.
  private var binaryColumns: Set<Int> = []

  init(_ model: TransformerModel) {
    embed(model)
    for layer in model.layers {
      attend(layer)
      feedForward(layer)
    }
    scores = (0..<model.vocabularySize).map { products(model.head, row: $0, over: slots) }
  }

  private mutating func embed(_ model: TransformerModel) {
    for column in 0..<model.modelWidth {
      let values = (0..<model.vocabularySize).map { model.embedding[$0, column] }
      slots.append(values.allSatisfy { $0 == 0 } ? .zero : graph.register(.embedding(column: column)))
      if values.allSatisfy({ $0 == 0 || $0 == 1 }) { binaryColumns.insert(column) }
    }
    for (slot, given) in [Register.position, .inverseLog, .square].enumerated() {
      slots[slot] = graph.sum(base: slots[slot], [Product(weight: 1, register: given)])
    }
  }

  /// The products of a row with registers, in the order in which engines add them; those with zero are left out.
  private func products(_ matrix: Matrix, row: Int, over registers: [Register]) -> [Product] {
    matrix.summands(ofRow: row).compactMap { summand in
      let register = registers[summand.column]
      return register == .zero ? nil : Product(weight: summand.weight, register: register)
    }
  }

  private mutating func attend(_ layer: TransformerLayer) {
    var attended: [Register] = []
    headUses.append([])
    for head in layer.tieRules.indices {
      let pair = attend(layer, head: head)
      attended += [pair.x, pair.y]
    }
    addChange(layer.outProjection, over: attended, erasing: layer.erasedAfterAttention)
  }

  private mutating func attend(_ layer: TransformerLayer, head: Int) -> RegisterPair {
    let width = layer.outProjection.rows
    func isRead(_ column: Int) -> Bool {
      (0..<width).contains { layer.outProjection[$0, column] != 0 }
    }
    let isFirstRead = isRead(2 * head)
    let isSecondRead = isRead(2 * head + 1)
    guard isFirstRead || isSecondRead else {
      note(.unused)
      return RegisterPair(x: .zero, y: .zero)
    }
    let values = RegisterPair(
      x: isFirstRead ? project(layer, row: 2 * width + 2 * head) : .zero,
      y: isSecondRead ? project(layer, row: 2 * width + 2 * head + 1) : .zero)
    let key = projectPair(layer, row: width + 2 * head)
    let query = projectPair(layer, row: 2 * head)
    let rule = layer.tieRules[head]
    guard let kind = graph.recognizeHead(key: key, query: query, rule: rule, isBinary: isBinary) else {
      note(.passthrough)
      return values
    }
    let use = use(of: kind, key: key, rule: rule)
    note(use)
    let attending = AttendingHead(key: key, query: query, values: values, rule: rule, kind: kind, use: use)
    if use == .gather { gatheringHeads[(headUses.count - 1) * layer.tieRules.count + head] = attending }
    return graph.attended(by: attending)
  }

  private func use(of kind: HeadKind, key: RegisterPair, rule: TransformerLayer.TieRule) -> HeadUse {
    switch kind {
    case .gather: .gather
    case .line(let axis):
      rule == .average && isBinary(axis == .x ? key.x : key.y) ? .runningMean : .line
    case .hull: rule == .latest && graph.isParabola(key) ? .integerKey : .hull
    }
  }

  private mutating func note(_ use: HeadUse) {
    headUses[headUses.count - 1].append(use)
  }

  private mutating func project(_ layer: TransformerLayer, row: Int) -> Register {
    graph.sum(products(layer.inProjection, row: row, over: slots))
  }

  private mutating func projectPair(_ layer: TransformerLayer, row: Int) -> RegisterPair {
    RegisterPair(x: project(layer, row: row), y: project(layer, row: row + 1))
  }

  /// Whether a register is 0 or 1 at every token.
  func isBinary(_ register: Register) -> Bool {
    if case .embedding(let column) = graph.definitions[register.index] { return binaryColumns.contains(column) }
    return register == .zero
  }

  private mutating func feedForward(_ layer: TransformerLayer) {
    let neurons = layer.feedForwardOut.columns
    var hidden: [Register] = []
    for neuron in 0..<neurons {
      let gate = graph.sum(products(layer.feedForwardIn, row: neuron, over: slots))
      let value = graph.sum(products(layer.feedForwardIn, row: neurons + neuron, over: slots))
      hidden.append(graph.unit(gate: gate, value: value))
    }
    addChange(layer.feedForwardOut, over: hidden, erasing: layer.erasedAfterFeedForward)
  }

  private mutating func addChange(_ matrix: Matrix, over registers: [Register], erasing erased: [Int]) {
    for slot in slots.indices {
      slots[slot] = graph.sum(base: slots[slot], products(matrix, row: slot, over: registers))
    }
    for slot in erased { slots[slot] = .zero }
  }
}
