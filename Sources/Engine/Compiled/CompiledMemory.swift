import Attention
import Transformer

/// What a run of compiled code remembers of earlier positions.
///
/// It is unchecked for `Sendable` because it is shared like an array's buffer: only `CompiledEngine` has references, and it copies before a
/// change unless its reference is the only one.
final class CompiledMemory: @unchecked Sendable {
  let code: CompiledCode
  /// The state stays at one address, for compiled code.
  let state: UnsafeMutablePointer<CompiledState>
  /// How many positions there is room for.
  private var capacity = 0
  private var gatherTotals: [SIMD2<Double>]  // [gathers]
  private var hulls: [HullHeadCache]  // [insertions]
  private var indexes: [KeyIndexStorage?]  // [insertions]
  /// The hull whose index could not go on.
  private(set) var refusedHull: Int?

  private var program: SparseProgram { code.program }

  /// - Parameter needHull: The hulls, by their insertion, whose keys no index can hold.
  convenience init(_ code: CompiledCode, needHull: Set<Int>) {
    let insertions = code.program.insertions
    self.init(
      code, gatherTotals: Array(repeating: .zero, count: code.program.gathers.count),
      hulls: insertions.map { HullHeadCache(tieRule: $0.rule.attentionRule) },
      indexes: insertions.indices.map { hull in
        insertions[hull].mayUseIndex && !needHull.contains(hull) ? KeyIndexStorage() : nil
      })
    for line in program.lines.indices {
      for (field, number) in CompiledState.emptyLine.enumerated() {
        (state.pointee.lines + (line * CompiledState.emptyLine.count + field)).initialize(to: number)
      }
    }
    state.pointee.registers.initialize(repeating: 0, count: program.registerCount)
  }

  private init(
    _ code: CompiledCode, gatherTotals: [SIMD2<Double>], hulls: [HullHeadCache], indexes: [KeyIndexStorage?]
  ) {
    self.code = code
    self.gatherTotals = gatherTotals
    self.hulls = hulls
    self.indexes = indexes
    state = .allocate(capacity: 1)
    let headers = UnsafeMutablePointer<UnsafeMutablePointer<KeyIndexHeader>?>.allocate(capacity: indexes.count)
    for (insertion, index) in indexes.enumerated() { (headers + insertion).initialize(to: index?.header) }
    state.initialize(
      to: CompiledState(
        embedding: code.embedding, history: .allocate(capacity: 0),
        lines: .allocate(capacity: code.program.lines.count * CompiledState.emptyLine.count), indexes: headers,
        registers: .allocate(capacity: code.program.registerCount),
        memory: Unmanaged.passUnretained(self).toOpaque(), insert: Self.insertion, search: Self.searching,
        gather: Self.gathering))
  }

  deinit {
    state.pointee.history.deallocate()
    state.pointee.lines.deallocate()
    state.pointee.indexes.deallocate()
    state.pointee.registers.deallocate()
    state.deallocate()
  }

  /// Another memory with the same contents.
  func copy() -> CompiledMemory {
    let copy = CompiledMemory(code, gatherTotals: gatherTotals, hulls: hulls, indexes: indexes.map { $0?.copy() })
    copy.state.pointee.lines.initialize(
      from: state.pointee.lines, count: program.lines.count * CompiledState.emptyLine.count)
    copy.state.pointee.registers.initialize(from: state.pointee.registers, count: program.registerCount)
    copy.grow(toHold: capacity, keeping: state.pointee.history, count: capacity)
    copy.refusedHull = refusedHull
    return copy
  }

  /// Whether an index stands in for a hull.
  var hasIndex: Bool { indexes.contains { $0 != nil } }

  /// Makes room for a position.
  @inline(__always)
  func makeRoom(for position: Int) {
    if position >= capacity {
      grow(toHold: max(1024, capacity + capacity / 2), keeping: state.pointee.history, count: capacity)
    }
  }

  private func grow(toHold positions: Int, keeping old: UnsafeMutablePointer<Double>, count: Int) {
    let columns = program.columns.count
    let history = UnsafeMutablePointer<Double>.allocate(capacity: positions * columns)
    history.update(from: old, count: count * columns)
    (history + count * columns).initialize(repeating: 0, count: (positions - count) * columns)
    state.pointee.history.deallocate()
    state.pointee.history = history
    capacity = positions
  }
}

// What compiled code leaves to Swift.
extension CompiledMemory {
  func insert(_ hull: Int, key: SIMD2<Double>, value: SIMD2<Double>, position: Int) {
    guard let index = indexes[hull] else { return hulls[hull].insert(key: key, value: value) }
    if !index.insert(key: key, value: value, position: position) { refusedHull = hull }
  }

  func search(_ search: Int, _ query: SIMD2<Double>) -> SIMD2<Double> {
    let search = program.searches[search]
    guard let index = indexes[search.hull] else { return search.pick(hulls[search.hull].queryInPlace(query)) }
    guard let values = index.query(query) else {
      refusedHull = search.hull
      return .zero
    }
    return search.pick(values)
  }

  func gather(_ gather: Int, _ query: SIMD2<Double>, position: Int) -> SIMD2<Double> {
    let head = program.gathers[gather]
    let columns = program.columns.count
    let history = PositionHistory(
      values: UnsafeMutableBufferPointer(start: state.pointee.history, count: capacity * columns), columnCount: columns)
    if head.rule == .average { gatherTotals[gather] += head.value(at: position, in: history) }
    return head.attend(query: query, last: position, history: history, total: gatherTotals[gather])
  }

  private static func from(_ address: UnsafeMutableRawPointer) -> CompiledMemory {
    Unmanaged<CompiledMemory>.fromOpaque(address).takeUnretainedValue()
  }

  private static let insertion: CompiledState.Insert = { memory, hull, keyX, keyY, valueX, valueY, position in
    from(memory).insert(hull, key: SIMD2(keyX, keyY), value: SIMD2(valueX, valueY), position: position)
  }

  private static let searching: CompiledState.Search = { memory, search, queryX, queryY, result in
    let values = from(memory).search(search, SIMD2(queryX, queryY))
    (result[0], result[1]) = (values.x, values.y)
  }

  private static let gathering: CompiledState.Gather = { memory, gather, queryX, queryY, position, result in
    let values = from(memory).gather(gather, SIMD2(queryX, queryY), position: position)
    (result[0], result[1]) = (values.x, values.y)
  }
}
