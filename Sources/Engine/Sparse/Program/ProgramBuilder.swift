import Transformer

/// Turns a register graph into tables: drops what nothing reads, sorts the rest into levels, and numbers the registers.
struct ProgramBuilder {
  let graph: RegisterGraph
  private let isNeeded: [Bool]  // [definitions]
  let plan: HeadPlan
  /// The number in the program of each definition's register.
  var number: [Int]  // [definitions]
  var nextNumber = SparseProgram.firstEmbeddingRegister

  /// Where the planned columns and hulls stand in the program, as far as they are built.
  var columnOfPlan: [Int: GatheredColumn] = [:]
  var hullOfPlan: [Int: Int] = [:]

  private var levels: [SparseProgram.Level] = []
  private var functions: [RegisterFunction] = []
  private var sums: [SparseProgram.SumGroup] = []
  private var bases: [Int32] = []
  private var products: [SparseProgram.PackedProduct] = []
  private var units: [SparseProgram.PackedUnit] = []
  private var columns: [Int] = []
  private var insertions: [HullInsertion] = []
  var lines: [LineHead] = []
  var gathers: [GatherHead] = []
  var searches: [HullSearch] = []

  /// - Parameters:
  ///   - roots: What must be computed.
  ///   - plan: The plan of a graph with the same heads, and with the same registers as far as it goes.
  private init(_ graph: RegisterGraph, isNeeded: [Bool], plan: HeadPlan) {
    self.graph = graph
    self.isNeeded = isNeeded
    self.plan = plan
    number = Array(repeating: 0, count: graph.definitions.count)
  }

  /// The program, with functions in the place of neurons where possible, and the number in it of each definition's register.
  static func build(
    _ lowering: ModelLowering, embedding: Matrix
  ) -> (program: SparseProgram, numbers: [Int]) {
    let plain = lowering.graph
    let isNeeded = plain.needed(by: lowering.roots)
    let graph = FunctionRecognition.rewrite(
      plain, isNeeded: isNeeded, roots: lowering.roots, isBinary: lowering.isBinary)
    // Functions read early what neurons compute late; heads keep the levels that neurons give them.
    let plan = HeadPlan(plain, isNeeded: isNeeded)
    var builder = ProgramBuilder(graph, isNeeded: graph.needed(by: lowering.roots), plan: plan)
    let program = builder.build(embedding: embedding)
    return (program, builder.number)
  }
}

extension ProgramBuilder {
  private mutating func build(embedding: Matrix) -> SparseProgram {
    for (given, register) in [Register.zero, .position, .inverseLog, .square].enumerated() {
      number[register.index] = given
    }
    let embeddingTable = buildEmbedding(embedding)
    let embeddingColumns = nextNumber - SparseProgram.firstEmbeddingRegister
    // What lies beyond the plan's registers are results of functions.
    let registersByLevel = Dictionary(grouping: plan.registerLevels.indices.filter { isNeeded[$0] }) {
      plan.registerLevels[$0]
    }
    for level in 1..<max(1, (registersByLevel.keys.max() ?? 0) + 1) {
      buildLevel(level, registersByLevel[level] ?? [])
    }
    return SparseProgram(
      registerCount: nextNumber, functions: functions, embedding: embeddingTable, embeddingColumns: embeddingColumns,
      levels: levels,
      sums: sums, bases: bases, products: products, units: units, columns: columns, insertions: insertions,
      lines: lines, gathers: gathers, searches: searches)
  }

  /// Numbers the registers of the embedding's columns and gives the columns, one row for each token.
  private mutating func buildEmbedding(_ embedding: Matrix) -> [Double] {
    var wanted: [Int] = []
    for (index, definition) in graph.definitions.enumerated() where isNeeded[index] {
      guard case .embedding(let column) = definition else { continue }
      wanted.append(column)
      assignNumber(to: index)
    }
    return (0..<embedding.rows).flatMap { token in wanted.map { embedding[token, $0] } }
  }

  private mutating func assignNumber(to index: Int, width: Int = 1) {
    number[index] = nextNumber
    nextNumber += width
  }

  private mutating func buildLevel(_ level: Int, _ registers: [Int]) {
    let firstFunction = functions.count
    for function in graph.functions where plan.levelAbove([function.argument, function.one]) == level {
      build(function)
    }
    let firstSum = sums.count
    buildSums(registers)
    let firstUnit = units.count
    let unitDestination = nextNumber
    buildUnits(registers)
    let firstColumn = columns.count
    for (planned, column) in plan.columns.enumerated() where column.level == level {
      columnOfPlan[planned] = buildColumn(column.register)
    }
    let firstInsertion = insertions.count
    for (planned, hull) in plan.hulls.enumerated() where hull.level == level {
      hullOfPlan[planned] = insertions.count
      insertions.append(insertion(hull))
    }
    let firstLine = lines.count
    let firstGather = gathers.count
    let firstSearch = searches.count
    for head in graph.heads.indices where plan.headLevels[head] == level { buildHead(head, registers) }
    levels.append(
      SparseProgram.Level(
        functions: firstFunction..<functions.count, sums: firstSum..<sums.count, units: firstUnit..<units.count,
        unitDestination: unitDestination,
        columns: firstColumn..<columns.count, insertions: firstInsertion..<insertions.count,
        lines: firstLine..<lines.count, gathers: firstGather..<gathers.count,
        searches: firstSearch..<searches.count))
  }

  private mutating func build(_ function: GraphFunction) {
    let destination = nextNumber
    for register in function.results { assignNumber(to: register.index) }
    functions.append(
      RegisterFunction(
        argument: number[function.argument.index], one: number[function.one.index], destination: destination,
        resultCount: function.results.count, lowest: function.lowest, table: function.table,
        expression: function.expression))
  }

  /// Where a register's numbers are found later: those of the embedding by the token, others in a column that stores them.
  private mutating func buildColumn(_ register: Register) -> GatheredColumn {
    if case .embedding = graph.definitions[register.index] {
      return .embedding(number[register.index] - SparseProgram.firstEmbeddingRegister)
    }
    columns.append(number[register.index])
    return .stored(columns.count - 1)
  }

  /// Sums, the shortest first, so that each length is a loop without decisions.
  private mutating func buildSums(_ registers: [Int]) {
    var byLength: [Int: [(index: Int, base: Register, products: [Product])]] = [:]
    for index in registers {
      if case .sum(let base, let products) = graph.definitions[index] {
        byLength[products.count, default: []].append((index, base, products))
      }
    }
    for (length, rows) in byLength.sorted(by: { $0.key < $1.key }) {
      sums.append(
        SparseProgram.SumGroup(
          length: length, count: rows.count, destination: nextNumber, firstBase: bases.count,
          firstProduct: products.count))
      for row in rows {
        assignNumber(to: row.index)
        bases.append(packed(row.base))
        for product in row.products {
          products.append(SparseProgram.PackedProduct(weight: product.weight, register: packed(product.register)))
        }
      }
    }
  }

  private mutating func buildUnits(_ registers: [Int]) {
    for index in registers {
      guard case .unit(let gate, let value) = graph.definitions[index] else { continue }
      assignNumber(to: index)
      units.append(SparseProgram.PackedUnit(gate: packed(gate), value: packed(value)))
    }
  }

  private func packed(_ register: Register) -> Int32 {
    Int32(truncatingIfNeeded: number[register.index])
  }
}
