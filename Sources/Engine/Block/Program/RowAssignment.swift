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

  /// - Parameters:
  ///   - levels: What is done at each level, in order.
  ///   - given: The registers that are known before the first.
  ///   - kept: The registers that are read after the last.
  init(registerCount: Int, levels: [[RegisterStep]], given: some Sequence<Int>, kept: some Sequence<Int>) {
    row = Array(repeating: 0, count: registerCount)
    lastLevel = Array(repeating: -1, count: registerCount)
    for (level, steps) in levels.enumerated() {
      for register in steps.flatMap(\.reads) { lastLevel[register] = level }
    }
    for register in kept { lastLevel[register] = levels.count }
    assignRows(levels, given: given)
  }

  /// The rows of a program's registers.
  ///
  /// - Parameter outputs: The registers that are read after the last level.
  init(_ program: SparseProgram, outputs: some Sequence<Int>) {
    // Whatever asks for a position by its lane finds it there.
    let kept = [Register.zero.index, Register.position.index] + outputs
    self.init(
      registerCount: program.registerCount, levels: program.levels.map { RegisterStep.steps(of: $0, in: program) },
      given: 0..<SparseProgram.firstEmbeddingRegister + program.embeddingColumns, kept: kept)
  }

  private mutating func assignRows(_ levels: [[RegisterStep]], given: some Sequence<Int>) {
    var free: [Int] = []
    for register in given where isRead(register) { assign(register, &free) }
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
}
