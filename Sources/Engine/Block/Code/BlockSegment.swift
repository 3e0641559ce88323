/// Neighbouring levels between which no head attends, so that one pass over the lanes computes their sums and neurons.
///
/// Functions come before these, heads after them.
struct BlockSegment: Sendable {
  let number: Int
  let levels: Range<Int>
  let isLast: Bool
  /// Registers whose rows the pass fills: those that it computes and something else reads.
  let stored: [Int]
  /// What is done, in order, by the registers whose rows are read and written.
  let steps: [RegisterStep]

  var isFirst: Bool { number == 0 }

  /// Ranges that end behind each level with heads and before each with functions.
  static func levelRanges(of program: SparseProgram) -> [Range<Int>] {
    var ends: [Int] = []
    for (number, level) in program.levels.enumerated() {
      if !level.functions.isEmpty, number > 0, ends.last != number { ends.append(number) }
      if !(level.lines.isEmpty && level.gathers.isEmpty && level.searches.isEmpty) { ends.append(number + 1) }
    }
    if ends.last != program.levels.count { ends.append(program.levels.count) }
    return zip([0] + ends, ends).map { $0..<$1 }
  }

  /// - Parameters:
  ///   - isInRow: Whether a register is one that has rows.
  ///   - readLater: The registers that later segments and the output head read.
  init(
    _ number: Int, _ levels: Range<Int>, of program: SparseProgram, _ common: CommonProgram, isLast: Bool,
    outputs: Set<Int>, readLater: Set<Int>, given: [Int], isInRow: (Int) -> Bool
  ) {
    self.number = number
    self.levels = levels
    self.isLast = isLast
    func rows(_ registers: [Int]) -> [Int] { registers.compactMap(common.register).filter(isInRow) }
    let functions = (levels.first.map { program.levels[$0].functions } ?? 0..<0).map { program.functions[$0] }
    let columns = levels.flatMap { program.columns[program.levels[$0].columns] }
    let heads = levels.last.map { RegisterStep.heads(of: program.levels[$0], in: program) } ?? []
    let others = [RegisterStep(reads: columns, writes: [], mayReplace: false)] + heads
    let operations = common.levels[levels].joined()
    let computed = Set(operations.map(\.destination))
    let readHere = Set(others.flatMap { rows($0.reads) })
    // The output head may want rows of constants and positions.
    let late = isLast ? outputs.filter { !isInRow(common.register($0) ?? $0) || common.register($0) == nil } : []
    stored = computed.intersection(readLater.union(readHere)).union(late).sorted()
    let loaded = Set(operations.flatMap { common.reads(of: $0.operation) }.filter(isInRow)).subtracting(computed)
    steps =
      (number == 0 ? [RegisterStep(reads: [], writes: given, mayReplace: false)] : [])
      + functions.map { RegisterStep($0, rows([$0.argument, $0.one])) }
      + [RegisterStep(reads: loaded.sorted(), writes: stored, mayReplace: true)]
      + others.map { RegisterStep(reads: rows($0.reads), writes: $0.writes, mayReplace: $0.mayReplace) }
  }

  /// All registers whose rows are read.
  var reads: Set<Int> { Set(steps.flatMap(\.reads)) }
}

extension RegisterStep {
  /// Results are written while the arguments of other lanes are still to be read.
  fileprivate init(_ function: RegisterFunction, _ reads: [Int]) {
    self.init(
      reads: reads, writes: Array(function.destination..<function.destination + function.resultCount),
      mayReplace: false)
  }
}
