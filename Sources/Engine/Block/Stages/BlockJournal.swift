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

  /// An entry before it was replaced.
  private struct Change {
    let hull: Int
    let number: Int
    let entry: KeyEntry
  }

  private let lines: [Int]
  private let gathers: [Int]
  private let hulls: [Int]
  private var marks: [Mark] = []
  private var savedLines: [LineMemory] = []  // [marks, lines]
  private var savedTotals: [SIMD2<Double>] = []  // [marks, gathers]
  private var savedHeaders: [HeaderState] = []  // [marks, hulls]
  private var changes: [Change] = []

  init(_ program: BlockProgram, levels: Range<Int>) {
    let levels = program.levels[levels]
    lines = levels.flatMap { program.lines[$0.lines].map(\.line) }
    gathers = levels.flatMap { program.gathers[$0.gathers].filter { $0.head.rule == .average }.map(\.gather) }
    hulls = levels.flatMap { program.lookups[$0.lookups].filter(\.takesKeys).map(\.hull) }
  }

  /// Notes the state before the block that begins at a position.
  mutating func mark(_ position: Int, _ memory: BlockMemory) {
    marks.append(Mark(position: position, changeCount: changes.count))
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
  mutating func note(_ entry: KeyEntry, of number: Int, hull: Int) {
    changes.append(Change(hull: hull, number: number, entry: entry))
  }

  /// The last position up to a given one to which the memory can be brought back.
  func lastMark(upTo position: Int) -> Int? {
    marks.last { $0.position <= position }?.position
  }

  /// Brings the memory back to a marked position.
  func withdraw(to position: Int, _ memory: BlockMemory) {
    guard let place = marks.firstIndex(where: { $0.position == position }) else { return }
    for change in changes[marks[place].changeCount...].reversed() {
      guard let index = memory.indexes[change.hull] else { continue }
      if change.entry.position < 0 {
        index.vacate(change.number)
      } else {
        index.entry(of: change.number).pointee = change.entry
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
