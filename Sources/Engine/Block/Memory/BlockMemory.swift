import Attention
import Transformer

/// What a run remembers of earlier positions, to be asked a block at a time.
///
/// It is unchecked for `Sendable` because it is shared like an array's buffer: its holder copies it before a change unless it has the only
/// reference. During a run several threads may use it, each the parts of its own levels; of the columns, those of lower levels only for
/// positions that they have been told of.
final class BlockMemory: @unchecked Sendable {
  /// The numbers that heads gather by position.
  let columns: UnsafeMutablePointer<PositionColumn>  // [columns]
  /// The sums over all positions of the values that a gathering head could return, for the rule `average`.
  let gatherTotals: UnsafeMutablePointer<SIMD2<Double>>  // [gathers]
  let lines: UnsafeMutablePointer<LineMemory>  // [lines]
  let lookups: UnsafeMutablePointer<LookupMemory>  // [lookups]
  private let counts: (columns: Int, gathers: Int, lines: Int, lookups: Int)

  /// An empty memory.
  ///
  /// - Parameter needHull: The lookups whose keys no index can hold.
  convenience init(_ program: BlockProgram, needHull: Set<Int>) {
    let source = program.source
    self.init(
      counts: (source.columns.count, source.gathers.count, source.lines.count, program.lookupRules.count),
      column: { _ in PositionColumn() },
      lookup: { LookupMemory(program.lookupRules[$0], mayUseIndex: !needHull.contains($0)) })
  }

  private init(
    counts: (columns: Int, gathers: Int, lines: Int, lookups: Int), column: (Int) -> PositionColumn,
    lookup: (Int) -> LookupMemory
  ) {
    self.counts = counts
    columns = .allocate(capacity: counts.columns)
    for number in 0..<counts.columns { (columns + number).initialize(to: column(number)) }
    gatherTotals = .allocate(capacity: counts.gathers)
    gatherTotals.initialize(repeating: .zero, count: counts.gathers)
    lines = .allocate(capacity: counts.lines)
    lines.initialize(repeating: LineMemory(), count: counts.lines)
    lookups = .allocate(capacity: counts.lookups)
    for number in 0..<counts.lookups { (lookups + number).initialize(to: lookup(number)) }
  }

  deinit {
    for column in 0..<counts.columns { columns[column].deallocate() }
    columns.deinitialize(count: counts.columns).deallocate()
    gatherTotals.deinitialize(count: counts.gathers).deallocate()
    lines.deinitialize(count: counts.lines).deallocate()
    lookups.deinitialize(count: counts.lookups).deallocate()
  }

  /// Another memory with the same contents.
  ///
  /// - Parameter positions: How many positions the memory holds.
  func copy(of positions: Int) -> BlockMemory {
    let copy = BlockMemory(
      counts: counts, column: { self.columns[$0].copy(of: positions) }, lookup: { self.lookups[$0].copy() })
    copy.gatherTotals.update(from: gatherTotals, count: counts.gathers)
    copy.lines.update(from: lines, count: counts.lines)
    return copy
  }

  /// Makes room for positions, so that nothing moves while they are computed.
  func reserve(_ positions: Int, holding count: Int) {
    for column in 0..<counts.columns { columns[column].reserve(positions, holding: count) }
  }

  /// The lookup whose index could not take in a key or answer a query; nothing after it can be relied on. Nil when all could.
  var refusedLookup: Int? {
    (0..<counts.lookups).first { lookups[$0].hasRefused }
  }
}
