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
    let accesses = program.levels.map { RegisterAccesses(of: $0, in: program) }
    for (level, access) in accesses.enumerated() {
      for register in access.reads { lastLevel[register] = level }
      for register in access.writes { birthLevel[register] = level }
    }
    for register in outputs { lastLevel[register] = program.levels.count }
    // Whatever asks for a position by its lane finds it there.
    lastLevel[Register.position.index] = program.levels.count
    lastLevel[Register.zero.index] = program.levels.count
    assignRows(accesses, given: SparseProgram.firstEmbeddingRegister + program.embeddingColumns)
  }

  private mutating func assignRows(_ accesses: [RegisterAccesses], given: Int) {
    var free: [Int] = []
    func isRead(_ register: Int) -> Bool { lastLevel[register] >= 0 }
    for register in 0..<given where isRead(register) { assign(register, &free) }
    for (level, access) in accesses.enumerated() {
      for register in access.writes where isRead(register) { assign(register, &free) }
      for register in Set(access.reads).sorted() where lastLevel[register] == level { free.append(row[register]) }
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

/// The registers that a level reads and writes.
private struct RegisterAccesses {
  private(set) var reads: [Int] = []
  private(set) var writes: [Int] = []

  init(of level: SparseProgram.Level, in program: SparseProgram) {
    for sum in level.sums {
      let group = program.sums[sum]
      let products = group.firstProduct..<group.firstProduct + group.count * group.length
      reads += program.products[products].map { Int($0.register) }
      reads += program.bases[group.firstBase..<group.firstBase + group.count].map(Int.init)
      writes += group.destination..<group.destination + group.count
    }
    for unit in program.units[level.units] { reads += [Int(unit.gate), Int(unit.value)] }
    writes += level.unitDestination..<level.unitDestination + level.units.count
    reads += program.columns[level.columns]
    for line in program.lines[level.lines] {
      reads += [line.key, line.query, line.values.x, line.values.y]
      writes += [line.destination, line.destination + 1]
    }
    for gather in program.gathers[level.gathers] {
      reads += [gather.query.x, gather.query.y]
      writes += [gather.destination, gather.destination + 1]
    }
    for search in program.searches[level.searches] {
      // Keys are taken in where they are first searched (`BlockLookup`).
      let insertion = program.insertions[search.hull]
      reads += [insertion.key.x, insertion.key.y, insertion.values.x, insertion.values.y]
      reads += [search.query.x, search.query.y]
      writes += [search.destination, search.destination + 1]
    }
  }
}
