import Transformer

/// How the compiled code for blocks is laid out: its segments, and the rows of the registers that pass from one to another.
struct BlockCodeLayout: Sendable {
  let common: CommonProgram
  let segments: [BlockSegment]
  /// Chooses the next token by the rows of one lane.
  let outputHead: SparseOutputHead
  /// The row of recency, where anything reads it.
  let inverseLogRow: Int?
  /// Which tokens the code is made for.
  let areCommonTokens: [Bool]
  private let assignment: RowAssignment

  /// As many products are compiled for blocks, which takes about as long as for single tokens.
  private static let productLimit = 1 << 14

  var rowCount: Int { assignment.rowCount }

  /// Lays out a program whose heads need nothing but the history, lines and indexes; nil for others.
  init?(_ program: SparseProgram, _ common: CommonProgram, scores: [[Product]], numbers: [Int]) {
    let head = SparseOutputHead(scores, numbers: numbers)
    let insertionLevels = program.levels.map { Set($0.insertions) }
    let isSearchedOnce = zip(program.levels, insertionLevels).allSatisfy { level, inserted in
      program.searches[level.searches].allSatisfy { inserted.contains($0.hull) }
    }
    guard isSearchedOnce, program.gathers.allSatisfy({ $0.rule == .latest }),
      program.insertions.allSatisfy(\.mayUseIndex), program.products.count <= Self.productLimit,
      head.otherRows.products.count <= Self.productLimit
    else { return nil }
    let outputs = Set(head.allRows.products.map { Int($0.register) })
    // Where columns depend on the selected token, a row holds its number in the place of what was fetched.
    if let selector = common.selector, !common.columns.isEmpty,
      outputs.contains(selector.destination) || outputs.contains(selector.destination + 1)
    {
      return nil
    }
    self.common = common
    segments = Self.segments(of: program, common, outputs: outputs)
    // The row of zeros is there for blocks that the code does not cover.
    assignment = RowAssignment(
      registerCount: program.registerCount, levels: segments.map(\.steps), given: [Register.zero.index],
      kept: [Register.zero.index] + outputs.map { common.register($0) ?? $0 })
    let assignment = assignment
    inverseLogRow =
      assignment.isRead(Register.inverseLog.index) ? assignment.row[Register.inverseLog.index] : nil
    outputHead = SparseOutputHead(
      scores,
      numbers: numbers.map { BlockRows.width * assignment.row[common.register($0) ?? $0] })
    areCommonTokens = program.areCommonTokens
  }

  private static func segments(
    of program: SparseProgram, _ common: CommonProgram, outputs: Set<Int>
  ) -> [BlockSegment] {
    let ranges = BlockSegment.levelRanges(of: program)
    let known = [Register.position.index, Register.square.index]
    var readLater = Set(outputs.compactMap(common.register))
    // Columns that are constants are not read from the embedding; they may be written behind the last segment.
    let columns = (0..<program.embeddingColumns).map { SparseProgram.firstEmbeddingRegister + $0 }
    let given = [Register.inverseLog.index] + columns.filter { common.register($0) == $0 }
    var segments: [BlockSegment] = []
    for (number, levels) in ranges.enumerated().reversed() {
      let segment = BlockSegment(
        number, levels, of: program, common, isLast: number == ranges.count - 1, outputs: outputs,
        readLater: readLater, given: given
      ) { !known.contains($0) }
      readLater.formUnion(segment.reads)
      segments.append(segment)
    }
    return segments.reversed()
  }

  /// The row of a register.
  func row(of register: Int) -> Int {
    assignment.row[register]
  }

  /// Whether anything reads a register's row.
  func isRead(_ register: Int) -> Bool {
    assignment.isRead(register)
  }

  /// Whether the code is made for all tokens of a block.
  func covers(_ span: BlockSpan, _ tokens: UnsafePointer<Int32>) -> Bool {
    areCommonTokens.withUnsafeBufferPointer { areCommon in
      (span.first..<span.first + span.count).allSatisfy { areCommon[Int(tokens[$0])] }
    }
  }
}
