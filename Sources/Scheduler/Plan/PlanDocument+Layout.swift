import Graph

extension PlanDocument {
  /// The document of a layout for this graph.
  init(layout: Layout, solver: String, status: PlanStatus, for graph: ComputationGraph) {
    let schedule = layout.schedule
    let linearWidth = LinearWidth(Dependencies(of: graph, reuse: schedule.reuse), schedule: schedule)
    let boundaries = layout.live.enumerated().map { boundary, live in
      Boundary(
        dependencyWidth: Located(live.count), linearWidth: Located(linearWidth.rank(at: boundary, live: live)),
        live: live.map { dimension in
          Slot(name: Located(graph.name(of: dimension)), slot: Located(layout.residences[dimension.index]?.slot ?? 0))
        })
    }
    modelWidth = Located(schedule.modelWidth)
    layerCount = Located(schedule.layerCount)
    headCount = Located(schedule.headCount)
    feedForwardWidth = Located(layout.feedForwardWidth)
    reuse = Located(schedule.reuse)
    self.solver = Located(solver)
    self.status = Located(status)
    embedding = boundaries[0]
    halves = layout.halves.enumerated().map { number, half in
      Half(
        half, operations: graph.operations, isAttention: number % 2 == 0, name: graph.name(of:),
        boundary: boundaries[number + 1])
    }
  }
}

extension PlanDocument.Half {
  fileprivate init(
    _ half: HalfLayer, operations: [Operation], isAttention: Bool, name: (Dimension) -> String,
    boundary: PlanDocument.Boundary
  ) {
    let here = half.operations.map { operations[$0] }
    func names(_ belongs: (Operation.Kind) -> Bool) -> [Located<String>] {
      here.filter { belongs($0.kind) }.map { Located($0.name) }
    }
    first = names { $0.isLookup || $0 == .reglu }
    tables = names { if case .table = $0 { true } else { false } }
    persists = names { $0 == .persist }
    erased = half.erased.map { Located(name($0)) }
    refilled = half.refilled.map { PlanDocument.Refill(new: Located(name($0.new)), old: Located(name($0.old))) }
    used = Located(isAttention ? half.headCount : half.neuronCount)
    self.boundary = boundary
  }
}
