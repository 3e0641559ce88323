import Transformer

/// What blocks replaced in a run's memory, so that positions can be withdrawn.
///
/// It holds the heads of some levels. History needs no entry: positions that have not been read are never looked at.
struct BlockJournal {
  /// The state before a block.
  private struct Mark {
    let position: Int
    let changeCount: Int
  }

  /// The parts of an index's header that insertions change.
  private struct HeaderState {
    let lowest: Int
    let highest: Int
    let latestX: Double
    let latestY: Double
  }

  /// So many marks are kept before those that nobody will need are looked for.
  private static let patience = 128

  private let lines: [Int]
  private let gathers: [Int]
  private let hulls: [Int]
  private var marks: [Mark] = []
  private var savedLines: [LineMemory] = []  // [marks, lines]
  private var savedTotals: [SIMD2<Double>] = []  // [marks, gathers]
  private var savedHeaders: [HeaderState] = []  // [marks, hulls]
  /// The entries replaced since the first mark.
  let log = ChangeLog(capacity: 1 << 12)
  /// How many changes were forgotten.
  private var forgottenCount = 0

  init(_ program: BlockProgram, levels: Range<Int>) {
    let levels = program.levels[levels]
    lines = levels.flatMap { program.lines[$0.lines].map(\.line) }
    gathers = levels.flatMap { program.gathers[$0.gathers].filter { $0.head.rule == .average }.map(\.gather) }
    hulls = levels.flatMap { program.lookups[$0.lookups].filter(\.takesKeys).map(\.hull) }
  }

  /// Notes the state before a block.
  mutating func mark(_ span: BlockSpan, _ memory: BlockMemory) {
    log.reserve(span.count * hulls.count)
    marks.append(Mark(position: span.first, changeCount: forgottenCount + log.count))
    for line in lines { savedLines.append(memory.lines[line]) }
    for gather in gathers { savedTotals.append(memory.gatherTotals[gather]) }
    for hull in hulls {
      guard let header = memory.indexes[hull]?.header.pointee else { continue }
      savedHeaders.append(
        HeaderState(
          lowest: header.lowest, highest: header.highest, latestX: header.latestX, latestY: header.latestY))
    }
  }

  /// Notes an entry that is about to be replaced.
  @inline(__always)
  func note(_ entry: KeyEntry, of number: Int, hull: Int) {
    log.append(
      KeyChange(hull: Int32(truncatingIfNeeded: hull), number: Int32(truncatingIfNeeded: number), entry: entry))
  }

  /// Lets go of what only withdrawing positions before a given one would need, every now and then.
  mutating func forget(before position: Int) {
    guard marks.count > Self.patience, let first = marks.lastIndex(where: { $0.position <= position }), first > 0
    else { return }
    marks.removeFirst(first)
    savedLines.removeFirst(first * lines.count)
    savedTotals.removeFirst(first * gathers.count)
    savedHeaders.removeFirst(first * hulls.count)
    log.removeFirst(marks[0].changeCount - forgottenCount)
    forgottenCount = marks[0].changeCount
  }

  /// The last position up to a given one to which the memory can be brought back.
  func lastMark(upTo position: Int) -> Int? {
    marks.last { $0.position <= position }?.position
  }

  /// Brings the memory back to a position: a marked one, or one at which these levels have not yet been.
  func withdraw(to position: Int, _ memory: BlockMemory) {
    guard let place = marks.firstIndex(where: { $0.position == position }) else { return }
    for number in (marks[place].changeCount - forgottenCount..<log.count).reversed() {
      let change = log.changes[number]
      guard let index = memory.indexes[Int(change.hull)] else { continue }
      if change.entry.position < 0 {
        index.vacate(Int(change.number))
      } else {
        index.entry(of: Int(change.number)).pointee = change.entry
      }
    }
    for (number, line) in lines.enumerated() { memory.lines[line] = savedLines[place * lines.count + number] }
    for (number, gather) in gathers.enumerated() {
      memory.gatherTotals[gather] = savedTotals[place * gathers.count + number]
    }
    for (number, hull) in hulls.enumerated() {
      guard let header = memory.indexes[hull]?.header else { continue }
      let saved = savedHeaders[place * hulls.count + number]
      (header.pointee.lowest, header.pointee.highest) = (saved.lowest, saved.highest)
      (header.pointee.latestX, header.pointee.latestY) = (saved.latestX, saved.latestY)
    }
  }
}
