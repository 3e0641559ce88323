import Graph
import Scheduler

/// The least width of a schedule, counted from the rules without lifetimes, layouts or programs.
struct WidthOracle {
  let graph: ComputationGraph
  let reuse: ReuseRule
  let layerCount: Int
  /// Which dimensions may change hands at once, as the module under test sees it.
  let dependencies: Dependencies

  init(_ graph: ComputationGraph, reuse: ReuseRule, layerCount: Int) {
    self.graph = graph
    self.reuse = reuse
    self.layerCount = layerCount
    dependencies = Dependencies(of: graph, reuse: reuse)
  }

  /// The least width over all placements, by trying every one; nil when none is valid.
  func best() -> Int? {
    var best: Int?
    var halves = [Int](repeating: 0, count: graph.operations.count)
    func place(_ number: Int) {
      if number == graph.operations.count {
        let width = width(halves)
        best = min(best ?? width, width)
        return
      }
      for half in 0..<2 * layerCount {
        halves[number] = half
        if isValid(number, halves) { place(number + 1) }
      }
    }
    place(0)
    return best
  }

  /// Whether an operation may be where it is, given all earlier ones.
  private func isValid(_ number: Int, _ halves: [Int]) -> Bool {
    let operation = graph.operations[number]
    let isEven = halves[number] % 2 == 0
    switch operation.kind {
    case .lookup: if !isEven { return false }
    case .reglu, .table: if isEven { return false }
    case .persist: break
    }
    for read in operation.reads {
      guard let maker = graph.operations.firstIndex(where: { $0.outputs.contains(read) }) else { continue }
      let sharesHalf = halves[maker] == halves[number] && isDirect(number, maker)
      if halves[maker] >= halves[number], !sharesHalf { return false }
      if case .lookup(let lookup) = graph.operations[maker].kind, graph.lookups[lookup].rule == .average,
        halves[maker] / 2 != halves[number] / 2
      {
        return false
      }
    }
    return true
  }

  private func isDirect(_ reader: Int, _ maker: Int) -> Bool {
    guard graph.operations[reader].kind == .persist else { return false }
    switch graph.operations[maker].kind {
    case .lookup, .reglu: return true
    case .persist, .table: return false
    }
  }

  /// The least even width for these half-layers.
  func width(_ halves: [Int]) -> Int {
    let count = 2 * layerCount
    var occupied = [Int](repeating: 0, count: count + 2)
    var passing = [Set<Dimension>](repeating: [], count: count)
    var onlyDying = [[Bool]](repeating: [], count: count)
    for index in graph.nodes.indices {
      let dimension = Dimension(index: index)
      let maker = graph.operations.firstIndex { $0.outputs.contains(dimension) }
      let born = maker.map { halves[$0] } ?? -1
      let streamReaders = graph.operations.indices.filter {
        graph.operations[$0].reads.contains(dimension) && halves[$0] != born
      }
      var boundaries = Set(streamReaders.flatMap { Array(born + 1...halves[$0]) })
      if dependencies.staysToTheEnd[index] { boundaries.formUnion(born + 1...count) }
      guard let first = boundaries.min(), let last = boundaries.max() else { continue }
      for reader in streamReaders where graph.operations[reader].kind == .persist {
        passing[halves[reader]].insert(dimension)
      }
      if !dependencies.staysToTheEnd[index] {
        if passing[last].insert(dimension).inserted { onlyDying[last].append(dependencies.mustBeErased[index]) }
        if dependencies.mustBeErased[index] { boundaries.insert(last + 1) }
      }
      if dependencies.needsEmptySlot[index], born >= 0 { boundaries.insert(first - 1) }
      for boundary in boundaries where boundary <= count { occupied[boundary] += 1 }
    }
    return stride(from: 4, to: 10_000, by: 2).first { fits($0, halves, occupied, passing, onlyDying) } ?? 0
  }

  /// Whether a width is enough, some of the deaths in attention being put off to the feed-forward half.
  private func fits(
    _ width: Int, _ halves: [Int], _ occupied: [Int], _ passing: [Set<Dimension>], _ onlyDying: [[Bool]]
  ) -> Bool {
    let boundaries = 0...2 * layerCount
    if boundaries.contains(where: { occupied[$0] > width }) { return false }
    return (0..<layerCount).allSatisfy { layer in
      let half = 2 * layer
      let lookups = graph.operations.indices.filter {
        if case .lookup = graph.operations[$0].kind { halves[$0] == half } else { false }
      }
      let patient = onlyDying[half].count { $0 }
      let hasty = onlyDying[half].count - patient
      let relief = min(hasty, width - occupied[half + 1]) + min(patient, width - occupied[half + 2])
      return 2 * lookups.count + passing[half].count - relief <= width
    }
  }
}
