import Attention
import MemoryImage
import Transformer

/// What a run remembers of earlier positions, and the registers of the last.
///
/// It is unchecked for `Sendable` because it is shared like an array's buffer: only `PlannedRun` has references, and it copies before a
/// change unless its reference is the only one.
final class RunMemory: @unchecked Sendable {
  let model: PlannedModel
  /// The state stays at one address, for compiled code.
  let state: UnsafeMutablePointer<RunState>
  /// How many positions there is room for.
  private var capacity: Int
  private var tokens: ForkableArray<Int32>  // [capacity]
  private var stored: ForkableArray<Double>  // [capacity, columns]
  /// What copies are made of without copying; nil for a memory that goes on. Where there is one, nothing is changed.
  private let image: MemoryImage?
  /// The copy of an image that parts of this memory are in.
  private let mapping: ImageMapping?
  /// The sums over all positions of the values that a gathering head could return, for the rule `average`.
  var gatherTotals: [SIMD2<Double>]  // [gathers]
  var hulls: [HullHeadCache]  // [insertions]
  /// The indexes that stand in for hulls as long as their premise holds.
  let indexes: [KeyIndexStorage?]  // [insertions]
  /// The hull whose index could not take in a key or answer a query; nothing after it can be relied on. Nil when all could.
  var refusedHull: Int?

  private var program: SparseProgram { model.program }

  /// - Parameter needHull: The hulls, by their insertion, whose keys no index can hold.
  convenience init(_ model: PlannedModel, needHull: Set<Int> = []) {
    let insertions = model.program.insertions
    self.init(
      model, tokens: ForkableArray(capacity: 0), stored: ForkableArray(capacity: 0),
      gatherTotals: Array(repeating: .zero, count: model.program.gathers.count),
      hulls: insertions.map { HullHeadCache(tieRule: $0.rule.attentionRule) },
      indexes: insertions.indices.map { hull in
        insertions[hull].mayUseIndex && !needHull.contains(hull) ? KeyIndexStorage() : nil
      })
    state.pointee.lines.initialize(repeating: LineMemory(), count: program.lines.count)
    state.pointee.registers.initialize(repeating: 0, count: model.program.registerCount)
  }

  private init(
    _ model: PlannedModel, tokens: ForkableArray<Int32>, stored: ForkableArray<Double>, gatherTotals: [SIMD2<Double>],
    hulls: [HullHeadCache], indexes: [KeyIndexStorage?], image: MemoryImage? = nil, mapping: ImageMapping? = nil
  ) {
    self.model = model
    self.tokens = tokens
    self.stored = stored
    let columns = model.program.columns.count
    capacity = columns == 0 ? tokens.capacity : min(tokens.capacity, stored.capacity / columns)
    self.image = image
    self.mapping = mapping
    self.gatherTotals = gatherTotals
    self.hulls = hulls
    self.indexes = indexes
    state = .allocate(capacity: 1)
    let headers = UnsafeMutablePointer<UnsafeMutablePointer<KeyIndexHeader>?>.allocate(capacity: indexes.count)
    for (insertion, index) in indexes.enumerated() { (headers + insertion).initialize(to: index?.header) }
    state.initialize(
      to: RunState(
        embedding: model.embedding, tokens: tokens.base, stored: stored.base,
        lines: .allocate(capacity: model.program.lines.count), indexes: headers,
        registers: .allocate(capacity: model.program.registerCount),
        memory: Unmanaged.passUnretained(self).toOpaque(), insert: Self.insertion, search: Self.searching,
        gather: Self.gathering, tables: model.functionTables, evaluate: Self.evaluation,
        occupy: Self.occupation, answer: Self.answering, choose: Self.choosing))
  }

  deinit {
    tokens.deallocate()
    stored.deallocate()
    state.pointee.lines.deallocate()
    state.pointee.indexes.deallocate()
    state.pointee.registers.deallocate()
    state.deallocate()
  }

  private var columnCount: Int { program.columns.count }
}

// Copies.
extension RunMemory {
  /// Another memory with the same contents, of which the first `positions` are in use.
  ///
  /// - Complexity: of a frozen memory, O(heads).
  func copy(positions: Int) -> RunMemory {
    let mapping = image?.copy()
    let copy = RunMemory(
      model, tokens: tokens.fork(count: positions, in: mapping),
      stored: stored.fork(count: positions * columnCount, in: mapping), gatherTotals: gatherTotals, hulls: hulls,
      indexes: indexes.map { $0?.fork(in: mapping) }, mapping: mapping)
    copy.takeRest(of: self)
    return copy
  }

  /// Another memory with the same contents, of which copies share what is large until they write to it.
  ///
  /// Where the system has no memory that can be shared, copies will copy everything.
  func frozen(positions: Int) -> RunMemory {
    // Room for as many positions again, so that a copy seldom has to move what it shares.
    let room = max(2 * positions, positions + Self.leastRoom)
    let size =
      tokens.imageByteCount(count: positions, room: room)
      + stored.imageByteCount(count: positions * columnCount, room: room * columnCount)
      + indexes.reduce(0) { $0 + ($1?.imageByteCount ?? 0) }
    for hull in hulls.indices { hulls[hull].freeze() }
    guard size > 0, let image = MemoryImage(byteCount: size) else { return copy(positions: positions) }
    let frozen = RunMemory(
      model, tokens: tokens.frozen(count: positions, room: room, in: image),
      stored: stored.frozen(count: positions * columnCount, room: room * columnCount, in: image),
      gatherTotals: gatherTotals, hulls: hulls, indexes: indexes.map { $0?.frozen(in: image) }, image: image,
      mapping: image.original)
    frozen.takeRest(of: self)
    return frozen
  }

  private static var leastRoom: Int { 1 << 16 }

  private func takeRest(of other: RunMemory) {
    state.pointee.lines.initialize(from: other.state.pointee.lines, count: program.lines.count)
    state.pointee.registers.initialize(from: other.state.pointee.registers, count: model.program.registerCount)
    refusedHull = other.refusedHull
  }

  /// Bytes that are this memory's alone.
  var ownByteCount: Int {
    let indexBytes = indexes.reduce(0) { $0 + ($1?.ownByteCount ?? 0) }
    let hullBytes = zip(hulls, indexes).reduce(0) { $0 + ($1.1 == nil ? $1.0.ownByteCount : 0) }
    return tokens.ownByteCount + stored.ownByteCount + indexBytes + hullBytes + (mapping?.ownByteCount ?? 0)
  }
}

// Positions.
extension RunMemory {
  /// Makes room for a position and notes its token.
  @inline(__always)
  func append(_ token: Int, at position: Int) {
    if position >= capacity { grow(to: max(1024, capacity + capacity / 2), keeping: position) }
    state.pointee.tokens[position] = Int32(truncatingIfNeeded: token)
  }

  /// Makes room for so many positions in all, of which the first `count` are in use, so that nothing moves while they are computed.
  func reserve(_ positions: Int, holding count: Int) {
    if positions > capacity { grow(to: max(positions, capacity + capacity / 2), keeping: count) }
  }

  private func grow(to positions: Int, keeping count: Int) {
    tokens.grow(to: positions, keeping: count)
    stored.grow(to: positions * columnCount, keeping: count * columnCount)
    state.pointee.tokens = tokens.base
    state.pointee.stored = stored.base
    capacity = positions
  }

  /// The token at a position that has been read.
  func token(at position: Int) -> Int {
    Int(state.pointee.tokens[position])
  }

  /// What heads may gather.
  @inline(__always)
  var history: PositionHistory {
    PositionHistory(
      tokens: state.pointee.tokens, embedding: state.pointee.embedding, embeddingColumns: program.embeddingColumns,
      stored: state.pointee.stored, columnCount: program.columns.count)
  }
}

// Heads.
extension RunMemory {
  /// Takes a key and its values into a hull or the index that stands in for it.
  @inline(__always)
  func insert(_ hull: Int, key: SIMD2<Double>, value: SIMD2<Double>, position: Int) {
    guard let index = indexes[hull] else { return hulls[hull].insert(key: key, value: value) }
    if !index.insert(key: key, value: value, position: position) { refusedHull = hull }
  }

  /// What a search of a hull, or of the index that stands in for it, attends to.
  @inline(__always)
  func attend(_ search: HullSearch, _ query: SIMD2<Double>) -> SIMD2<Double> {
    guard let index = indexes[search.hull] else { return search.pick(hulls[search.hull].queryInPlace(query)) }
    if let values = index.query(query) { return search.pick(values) }
    refusedHull = search.hull
    return .zero
  }

  /// What a gathering head attends to.
  @inline(__always)
  func attend(_ gather: Int, _ head: GatherHead, _ query: SIMD2<Double>, position: Int) -> SIMD2<Double> {
    let history = history
    if head.rule == .average { gatherTotals[gather] += head.value(at: position, in: history) }
    let total = head.rule == .average ? gatherTotals[gather] : .zero
    return head.attend(query: query, last: position, history: history, total: total)
  }
}

// The same for compiled code.
extension RunMemory {
  static func from(_ address: UnsafeMutableRawPointer) -> RunMemory {
    Unmanaged<RunMemory>.fromOpaque(address).takeUnretainedValue()
  }

  private static let insertion: RunState.Insert = { memory, hull, keyX, keyY, valueX, valueY, position in
    from(memory).insert(hull, key: SIMD2(keyX, keyY), value: SIMD2(valueX, valueY), position: position)
  }

  private static let searching: RunState.Search = { memory, search, queryX, queryY, result in
    let memory = from(memory)
    let values = memory.attend(memory.program.searches[search], SIMD2(queryX, queryY))
    (result[0], result[1]) = (values.x, values.y)
  }

  private static let gathering: RunState.Gather = { memory, gather, queryX, queryY, position, result in
    let memory = from(memory)
    let values = memory.attend(gather, memory.program.gathers[gather], SIMD2(queryX, queryY), position: position)
    (result[0], result[1]) = (values.x, values.y)
  }

  private static let evaluation: RunState.Evaluate = { memory, function, argument, one in
    let memory = from(memory)
    let function = memory.model.program.functions[function]
    let registers = UnsafeMutableBufferPointer(
      start: memory.state.pointee.registers, count: memory.model.program.registerCount)
    function.evaluate(argument, one, into: registers)
    return UnsafePointer(memory.state.pointee.registers + function.destination)
  }

  // While blocks are computed, threads use parts of the memory of their own: none of what follows touches any other.

  private static let occupation: RunState.Occupy = { memory, hull, number in
    from(memory).indexes[hull]?.occupy(number)
  }

  private static let answering: RunState.Answer = { memory, hull, queryX, queryY, result in
    guard let values = from(memory).indexes[hull]?.query(SIMD2(queryX, queryY)) else { return 0 }
    (result[0], result[1]) = (values.x, values.y)
    return 1
  }

  private static let choosing: RunState.Choose = { memory, lane in
    from(memory).model.blocks.code?.outputHead.best(lane) ?? 0
  }
}
