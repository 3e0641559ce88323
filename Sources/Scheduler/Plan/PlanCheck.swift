import Graph

/// Checks a document against a graph, cheapest and most telling checks first.
struct PlanCheck {
  private let document: PlanDocument
  private let file: String
  private let graph: ComputationGraph
  private let dependencies: Dependencies

  init(_ document: PlanDocument, file: String, graph: ComputationGraph) {
    self.document = document
    self.file = file
    self.graph = graph
    dependencies = Dependencies(of: graph, reuse: document.reuse.value)
  }

  /// The layout that the document describes.
  ///
  /// - Throws: ``PlanError`` naming the first thing that is wrong.
  func layout() throws(PlanError) -> Layout {
    let (placements, lines) = try placements()
    let schedule = Schedule(
      placements: placements, layerCount: document.layerCount.value, modelWidth: document.modelWidth.value,
      reuse: document.reuse.value)
    let layout: Layout
    do throws(ScheduleError) {
      layout = try Layout(of: schedule, dependencies)
    } catch {
      let line = error.kind.operation.flatMap { lines[$0] } ?? document.modelWidth.line
      throw PlanError(.constraint(error.kind), file: file, line: line)
    }
    if let waste = layout.waste {
      throw PlanError(.constraint(waste), file: file, line: line(of: waste))
    }
    guard document.status.value.canHold(forWidth: schedule.modelWidth) else {
      let expected = "'\(PlanStatus(.optimal))', as nothing can be narrower by what is said"
      throw PlanError(
        .wrongValue(field: PlanField.status, expected: expected), file: file, line: document.status.line)
    }
    let stream = try streamPlan()
    do throws(StreamError) {
      try StreamSimulation.check(stream, schedule: schedule, dependencies)
    } catch {
      throw PlanError(.stream(error.kind), file: file, line: line(of: error.kind))
    }
    let derived = PlanDocument(
      layout: layout, solver: document.solver.value, status: document.status.value, for: graph)
    if let difference = PlanDifference.first(document, derived) {
      throw PlanError(
        .differs(field: difference.field, expected: difference.expected), file: file, line: difference.line)
    }
    return layout
  }

  /// Where each operation runs, and the line that says so.
  private func placements() throws(PlanError) -> ([Placement], [String: Int]) {
    let numbers = Dictionary(
      graph.operations.enumerated().map { ($1.name, $0) }, uniquingKeysWith: { first, _ in first })
    var placements = [Placement?](repeating: nil, count: graph.operations.count)
    var lines: [String: Int] = [:]
    for (half, contents) in document.halves.enumerated() {
      for list in PlanList.all(of: contents, isAttention: half % 2 == 0) {
        for name in list.names {
          guard let number = numbers[name.value] else {
            throw PlanError(.unknownName(name.value), file: file, line: name.line)
          }
          guard list.holds(graph.operations[number].kind) else {
            throw PlanError(.wrongList(operation: name.value, list: list.field), file: file, line: name.line)
          }
          guard placements[number] == nil else {
            throw PlanError(.repeatedOperation(name.value), file: file, line: name.line)
          }
          placements[number] = Placement(half: half, kind: graph.operations[number].kind)
          lines[name.value] = name.line
        }
      }
    }
    for (operation, placement) in zip(graph.operations, placements) where placement == nil {
      throw PlanError(.missingOperation(operation.name), file: file)
    }
    return (placements.compactMap { $0 }, lines)
  }

  /// The document's account of the stream, in terms of the graph.
  private func streamPlan() throws(PlanError) -> StreamPlan {
    let handles = Dictionary(
      graph.nodes.enumerated().map { ($1.name, Dimension(index: $0)) }, uniquingKeysWith: { first, _ in first })
    func dimension(_ name: Located<String>) throws(PlanError) -> Dimension {
      guard let dimension = handles[name.value] else {
        throw PlanError(.unknownName(name.value), file: file, line: name.line)
      }
      return dimension
    }
    var plan = StreamPlan(live: [], erased: [], refilled: [])
    for boundary in [document.embedding] + document.halves.map(\.boundary) {
      var live: [(dimension: Dimension, slot: Int)] = []
      for entry in boundary.live { live.append((try dimension(entry.name), entry.slot.value)) }
      plan.live.append(live)
    }
    for half in document.halves {
      var erased: [Dimension] = []
      for name in half.erased { erased.append(try dimension(name)) }
      plan.erased.append(erased)
      var refilled: [(old: Dimension, new: Dimension)] = []
      for refill in half.refilled { refilled.append((try dimension(refill.old), try dimension(refill.new))) }
      plan.refilled.append(refilled)
    }
    return plan
  }

  private func line(of waste: ScheduleError.Kind) -> Int? {
    if case .emptyLayer(let layer) = waste {
      document.halves[2 * layer].boundary.dependencyWidth.line
    } else {
      document.modelWidth.line
    }
  }

  private func line(of kind: StreamError.Kind) -> Int? {
    guard let boundary = kind.boundary else { return nil }
    if boundary == 0 { return document.embedding.dependencyWidth.line }
    guard document.halves.indices.contains(boundary - 1) else { return nil }
    return document.halves[boundary - 1].boundary.dependencyWidth.line
  }
}

/// One of the lists of operations in a half-layer.
private struct PlanList {
  let field: String
  let names: [Located<String>]
  let holds: (Operation.Kind) -> Bool

  static func all(of half: PlanDocument.Half, isAttention: Bool) -> [PlanList] {
    let first =
      isAttention
      ? PlanList(field: PlanField.lookups, names: half.first) { $0.isLookup }
      : PlanList(field: PlanField.reglus, names: half.first) { $0 == .reglu }
    return [
      first,
      PlanList(field: PlanField.tables, names: half.tables) { if case .table = $0 { true } else { false } },
      PlanList(field: PlanField.persists, names: half.persists) { $0 == .persist },
    ]
  }
}
