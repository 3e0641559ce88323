import InstructionSet

/// The code of one unit.
struct AssemblyBlock: Sendable {
  private(set) var items: [AssemblyItem] = []
  private var labelCount = 0
  private var placedLabelCount = 0

  /// How many of the items become instructions, unless neighbours are joined.
  var instructionCount: Int { items.count - placedLabelCount }

  /// A label that no other in this block equals.
  mutating func newLabel() -> Label {
    defer { labelCount += 1 }
    return Label(number: labelCount)
  }

  mutating func append(_ item: AssemblyItem) {
    items.append(item)
    if item.isLabel { placedLabelCount += 1 }
  }

  mutating func append(_ newItems: [AssemblyItem]) {
    for item in newItems { append(item) }
  }

  /// Puts an item in front of the item at `index`.
  mutating func insert(_ item: AssemblyItem, at index: Int) {
    items.insert(item, at: index)
    if item.isLabel { placedLabelCount += 1 }
  }

  /// Takes the latest item back.
  mutating func removeLast() {
    if items.removeLast().isLabel { placedLabelCount -= 1 }
  }

  /// What the block calls, each unit once, in the order of the first calls.
  var calledUnits: [CodeUnit] {
    var seen: Set<CodeUnit> = []
    return items.compactMap { item in
      if case .call(let unit) = item, seen.insert(unit).inserted { unit } else { nil }
    }
  }

  /// The same code, with a `local.set` and a `local.get` of one variable joined to a `local.tee`, and without branches to
  /// the next instruction.
  var tightened: AssemblyBlock {
    var result = self
    result.items = []
    for (index, item) in items.enumerated() {
      switch (result.items.last, item) {
      case (.instruction(let previous)?, .instruction(let next))
      where previous.opcode == .localSet && next.opcode == .localGet && previous.immediate == next.immediate:
        result.items[result.items.count - 1] = .tee(next.immediate)
      case (_, .branch(let label)) where leadsOn(to: label, from: index + 1): break
      default: result.items.append(item)
      }
    }
    return result
  }

  /// Whether only labels stand between `index` and `label`.
  private func leadsOn(to label: Label, from index: Int) -> Bool {
    for item in items[index...] {
      guard case .label(let next) = item else { return false }
      if next == label { return true }
    }
    return false
  }
}
