/// Gives each register of a program a row of a block's memory, for as long as something will read it.
///
/// Rows are used again, so that a block fits into the processor's nearest cache.
struct RowAssignment {
  /// The row of each register; 0, the row of zeros, for one that is never written.
  private(set) var row: [Int]  // [registers]
  /// The number of rows.
  private(set) var rowCount = 0
  /// The last level that reads each register; −1 when none does.
  private var lastLevel: [Int]  // [registers]
  /// The level that writes each register; −1 for what is known before the first.
  private var birthLevel: [Int]  // [registers]

  /// - Parameter outputs: The registers that are read after the last level.
  init(_ program: SparseProgram, outputs: some Sequence<Int>) {
    row = Array(repeating: 0, count: program.registerCount)
    lastLevel = Array(repeating: -1, count: program.registerCount)
    birthLevel = Array(repeating: -1, count: program.registerCount)
    let steps = program.levels.map { RegisterStep.steps(of: $0, in: program) }
    for (level, steps) in steps.enumerated() {
      for register in steps.flatMap(\.reads) { lastLevel[register] = level }
      for register in steps.flatMap(\.writes) { birthLevel[register] = level }
    }
    for register in outputs { lastLevel[register] = program.levels.count }
    // Whatever asks for a position by its lane finds it there.
    lastLevel[Register.position.index] = program.levels.count
    lastLevel[Register.zero.index] = program.levels.count
    assignRows(steps, given: SparseProgram.firstEmbeddingRegister + program.embeddingColumns)
  }

  private mutating func assignRows(_ levels: [[RegisterStep]], given: Int) {
    var free: [Int] = []
    for register in 0..<given where isRead(register) { assign(register, &free) }
    for (level, steps) in levels.enumerated() {
      var lastStep: [Int: Int] = [:]
      for (number, step) in steps.enumerated() {
        for register in step.reads where lastLevel[register] == level { lastStep[register] = number }
      }
      for (number, step) in steps.enumerated() {
        let dying = Set(step.reads).filter { lastStep[$0] == number }.sorted().map { row[$0] }
        if step.mayReplace { free += dying }
        for register in step.writes where isRead(register) { assign(register, &free) }
        if !step.mayReplace { free += dying }
      }
    }
  }

  private mutating func assign(_ register: Int, _ free: inout [Int]) {
    if let reused = free.popLast() {
      row[register] = reused
    } else {
      row[register] = rowCount
      rowCount += 1
    }
  }

  /// Whether anything reads a register.
  func isRead(_ register: Int) -> Bool {
    lastLevel[register] >= 0
  }

  /// The rows that hold something at the beginning of a level that it or a later one reads.
  func rowsLive(at level: Int) -> [Int] {
    row.indices.filter { birthLevel[$0] < level && lastLevel[$0] >= level }.map { row[$0] }
  }
}

/// The registers that one of a level's operations reads and writes.
private struct RegisterStep {
  let reads: [Int]
  let writes: [Int]
  /// Whether a result may take the place of an operand: each lane is read before it is written.
  let mayReplace: Bool

  /// A level's operations in their order.
  static func steps(of level: SparseProgram.Level, in program: SparseProgram) -> [RegisterStep] {
    level.sums.flatMap { sums(program.sums[$0], program) }
      + zip(level.units, level.unitDestination...).map { unit, destination in
        let unit = program.units[unit]
        return RegisterStep(reads: [Int(unit.gate), Int(unit.value)], writes: [destination], mayReplace: true)
      } + heads(of: level, in: program)
  }

  private static func sums(_ group: SparseProgram.SumGroup, _ program: SparseProgram) -> [RegisterStep] {
    (0..<group.count).map { sum in
      let first = group.firstProduct + sum * group.length
      let factors = program.products[first..<first + group.length].map { Int($0.register) }
      return RegisterStep(
        reads: [Int(program.bases[group.firstBase + sum])] + factors, writes: [group.destination + sum],
        mayReplace: true)
    }
  }

  private static func heads(of level: SparseProgram.Level, in program: SparseProgram) -> [RegisterStep] {
    var steps = program.columns[level.columns].map { RegisterStep(reads: [$0], writes: [], mayReplace: false) }
    for line in program.lines[level.lines] {
      steps.append(head([line.key, line.query, line.values.x, line.values.y], line.destination))
    }
    for gather in program.gathers[level.gathers] {
      steps.append(head([gather.query.x, gather.query.y], gather.destination))
    }
    // Keys are taken in where they are first searched, together with all searches of that level (`BlockLookup`).
    let searches = program.searches[level.searches]
    let reads = searches.flatMap { search in
      let insertion = program.insertions[search.hull]
      return [insertion.key.x, insertion.key.y, insertion.values.x, insertion.values.y, search.query.x, search.query.y]
    }
    steps.append(
      RegisterStep(
        reads: reads, writes: searches.flatMap { [$0.destination, $0.destination + 1] }, mayReplace: false))
    return steps
  }

  private static func head(_ reads: [Int], _ destination: Int) -> RegisterStep {
    RegisterStep(reads: reads, writes: [destination, destination + 1], mayReplace: false)
  }
}
