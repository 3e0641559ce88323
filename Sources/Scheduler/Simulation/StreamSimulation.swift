import Graph

/// Carries out a stream plan half-layer by half-layer and checks that every reading finds its dimension, that every slot
/// is empty or properly refilled when it is written, and that the heads suffice.
///
/// It follows the slots alone and shares nothing with the derivation of layouts.
package struct StreamSimulation {
  private let dependencies: Dependencies
  private let schedule: Schedule
  private let plan: StreamPlan
  /// What each slot holds; what nobody needs any more counts until it is erased.
  private var contents: [Dimension?]  // [slots]
  private var slots: [Dimension: Int] = [:]

  /// Checks a plan for a schedule whose placements are known to be in order.
  ///
  /// - Throws: ``StreamError`` naming the first mistake.
  package static func check(
    _ plan: StreamPlan, schedule: Schedule, _ dependencies: Dependencies
  ) throws(StreamError) {
    var simulation = StreamSimulation(plan, schedule, dependencies)
    try simulation.run()
  }

  private init(_ plan: StreamPlan, _ schedule: Schedule, _ dependencies: Dependencies) {
    self.plan = plan
    self.schedule = schedule
    self.dependencies = dependencies
    contents = [Dimension?](repeating: nil, count: max(0, schedule.modelWidth))
  }

  private mutating func run() throws(StreamError) {
    let operations = schedule.operationsByHalf
    let inputs = dependencies.graph.inputDimensions
    try store(Set(inputs), at: 0)
    for half in 0..<schedule.halfCount {
      let computed = Set(operations[half].flatMap { dependencies.operations[$0].outputs })
      let forwarded = try read(by: operations[half], computed: computed, at: half)
      let released = try release(in: half, forwarded: forwarded, operations: operations[half])
      try store(computed, at: half + 1, refilled: released)
    }
    for index in dependencies.graph.nodes.indices where dependencies.staysToTheEnd[index] {
      let dimension = Dimension(index: index)
      if slots[dimension] == nil { throw StreamError(.absentAtTheEnd(dimension: name(dimension))) }
    }
  }

  /// Checks that all that the half-layer reads is there; returns what its persists read from the stream.
  private func read(
    by operations: [Int], computed: Set<Dimension>, at boundary: Int
  ) throws(StreamError) -> Set<Dimension> {
    var forwarded: Set<Dimension> = []
    for number in operations {
      let operation = dependencies.operations[number]
      for dimension in operation.reads {
        if computed.contains(dimension), dependencies.canReadDirectly(number, dimension) { continue }
        guard slots[dimension] != nil else {
          throw StreamError(
            .readAfterWrite(reader: operation.name, dimension: name(dimension), boundary: boundary))
        }
        if operation.kind == .persist { forwarded.insert(dimension) }
      }
    }
    return forwarded
  }

  /// Empties what is erased, and returns what replaces what.
  private mutating func release(
    in half: Int, forwarded: Set<Dimension>, operations: [Int]
  ) throws(StreamError) -> [Dimension: Dimension] {
    let erased = half < plan.erased.count ? plan.erased[half] : []
    let refilled = half < plan.refilled.count ? plan.refilled[half] : []
    var carried = forwarded
    for dimension in erased + refilled.map(\.old) {
      guard let slot = slots.removeValue(forKey: dimension), contents[slot] == dimension else {
        throw StreamError(.nothingToErase(dimension: name(dimension), boundary: half + 1))
      }
      carried.insert(dimension)
    }
    for dimension in erased {
      for slot in contents.indices where contents[slot] == dimension { contents[slot] = nil }
    }
    let lookups = operations.count { dependencies.operations[$0].kind.isLookup }
    let needed = 2 * lookups + carried.count
    if half % 2 == 0, needed > schedule.modelWidth {
      throw StreamError(.tooManyHeads(layer: half / 2, needed: needed, width: schedule.modelWidth))
    }
    return Dictionary(refilled.map { ($0.new, $0.old) }, uniquingKeysWith: { first, _ in first })
  }

  /// Writes the half-layer's results and checks that all else at the boundary was there before.
  private mutating func store(
    _ computed: Set<Dimension>, at boundary: Int, refilled: [Dimension: Dimension] = [:]
  ) throws(StreamError) {
    var next: [Dimension: Int] = [:]
    var holder: [Int: Dimension] = [:]
    for (dimension, slot) in boundary < plan.live.count ? plan.live[boundary] : [] {
      try checkSlot(slot, of: dimension, at: boundary)
      if let other = holder[slot] {
        throw StreamError(
          .slotClash(first: name(other), second: name(dimension), slot: slot, boundary: boundary))
      }
      holder[slot] = dimension
      next[dimension] = slot
      if let before = slots[dimension] {
        if before != slot {
          throw StreamError(
            .slotMoved(dimension: name(dimension), expected: before, found: slot, boundary: boundary))
        }
      } else {
        guard computed.contains(dimension) else {
          throw StreamError(.notComputed(dimension: name(dimension), boundary: boundary))
        }
        try write(dimension, to: slot, at: boundary, over: refilled[dimension])
      }
    }
    slots = next
  }

  private mutating func write(
    _ new: Dimension, to slot: Int, at boundary: Int, over old: Dimension?
  ) throws(StreamError) {
    if let held = contents[slot] {
      guard held == old else {
        throw StreamError(.writtenOver(new: name(new), old: name(held), boundary: boundary))
      }
      if dependencies.mustBeErased[held.index] || dependencies.needsEmptySlot[new.index] {
        throw StreamError(.refilledTooSoon(new: name(new), old: name(held), boundary: boundary))
      }
    } else if let old {
      throw StreamError(.nothingToErase(dimension: name(old), boundary: boundary))
    }
    contents[slot] = new
  }

  private func checkSlot(_ slot: Int, of dimension: Dimension, at boundary: Int) throws(StreamError) {
    guard contents.indices.contains(slot) else {
      throw StreamError(.slotOutOfRange(dimension: name(dimension), slot: slot, width: contents.count))
    }
    let fixed: [BuiltInInput] = [.position, .inverseLogPosition, .positionSquared]
    for (place, input) in fixed.enumerated()
    where dependencies.graph.dimension(of: input) == dimension && place != slot {
      throw StreamError(.slotMoved(dimension: name(dimension), expected: place, found: slot, boundary: boundary))
    }
  }

  private func name(_ dimension: Dimension) -> String { dependencies.graph.name(of: dimension) }
}
