import Transformer

/// Turns a register graph into tables: drops what nothing reads, sorts the rest into levels, and numbers the registers.
struct ProgramBuilder {
  private let graph: RegisterGraph
  private let isNeeded: [Bool]  // [definitions]
  private let plan: HeadPlan
  /// The number in the program of each definition's register.
  private var number: [Int]  // [definitions]
  private var nextNumber = SparseProgram.firstEmbeddingRegister

  private var levels: [SparseProgram.Level] = []
  private var sums: [SparseProgram.SumGroup] = []
  private var bases: [Int32] = []
  private var products: [SparseProgram.PackedProduct] = []
  private var units: [SparseProgram.PackedUnit] = []
  private var columns: [Int] = []
  private var insertions: [HullInsertion] = []
  private var lines: [LineHead] = []
  private var gathers: [GatherHead] = []
  private var searches: [HullSearch] = []

  private init(_ graph: RegisterGraph, roots: some Sequence<Register>) {
    self.graph = graph
    isNeeded = Self.needed(in: graph, roots: roots)
    plan = HeadPlan(graph, isNeeded: isNeeded)
    number = Array(repeating: 0, count: graph.definitions.count)
  }

  /// The program, and the number in it of each definition's register.
  static func build(
    _ lowering: ModelLowering, embedding: Matrix
  ) -> (program: SparseProgram, numbers: [Int]) {
    var builder = ProgramBuilder(lowering.graph, roots: lowering.scores.joined().map(\.register))
    let program = builder.build(embedding: embedding)
    return (program, builder.number)
  }

  /// Which definitions are read on a way to one of the roots.
  private static func needed(in graph: RegisterGraph, roots: some Sequence<Register>) -> [Bool] {
    var needed = Array(repeating: false, count: graph.definitions.count)
    for root in roots { needed[root.index] = true }
    for index in graph.definitions.indices.reversed() where needed[index] {
      for register in graph.reads(of: graph.definitions[index]) { needed[register.index] = true }
    }
    return needed
  }
}

extension ProgramBuilder {
  private mutating func build(embedding: Matrix) -> SparseProgram {
    for (given, register) in [Register.zero, .position, .inverseLog, .square].enumerated() {
      number[register.index] = given
    }
    let embeddingTable = buildEmbedding(embedding)
    let embeddingColumns = nextNumber - SparseProgram.firstEmbeddingRegister
    let registersByLevel = Dictionary(grouping: graph.definitions.indices.filter { isNeeded[$0] }) {
      plan.registerLevels[$0]
    }
    for level in 1..<max(1, (registersByLevel.keys.max() ?? 0) + 1) {
      buildLevel(level, registersByLevel[level] ?? [])
    }
    return SparseProgram(
      registerCount: nextNumber, embedding: embeddingTable, embeddingColumns: embeddingColumns, levels: levels,
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
    let firstSum = sums.count
    buildSums(registers)
    let firstUnit = units.count
    let unitDestination = nextNumber
    buildUnits(registers)
    let firstColumn = columns.count
    for column in plan.columns where column.level == level { columns.append(number[column.register.index]) }
    let firstInsertion = insertions.count
    for hull in plan.hulls where hull.level == level { insertions.append(insertion(hull)) }
    let firstLine = lines.count
    let firstGather = gathers.count
    let firstSearch = searches.count
    for head in graph.heads.indices where plan.headLevels[head] == level { buildHead(head, registers) }
    levels.append(
      SparseProgram.Level(
        sums: firstSum..<sums.count, units: firstUnit..<units.count, unitDestination: unitDestination,
        columns: firstColumn..<columns.count, insertions: firstInsertion..<insertions.count,
        lines: firstLine..<lines.count, gathers: firstGather..<gathers.count,
        searches: firstSearch..<searches.count))
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

  private func pair(_ registers: RegisterPair) -> (x: Int, y: Int) {
    (number[registers.x.index], number[registers.y.index])
  }

  private func insertion(_ hull: HeadPlan.Hull) -> HullInsertion {
    let values = hull.values.map { number[$0.index] }
    return HullInsertion(key: pair(hull.head.key), values: (values.first ?? 0, values.last ?? 0), rule: hull.head.rule)
  }

  /// Numbers a head's results, side by side even if only one is wanted, and says how they are found.
  private mutating func buildHead(_ index: Int, _ registers: [Int]) {
    let head = graph.heads[index]
    let destination = nextNumber
    nextNumber += 2
    var isWanted = (x: false, y: false)
    for register in registers {
      guard case .attended(index, let second) = graph.definitions[register] else { continue }
      number[register] = destination + (second ? 1 : 0)
      if second { isWanted.y = true } else { isWanted.x = true }
    }
    switch head.kind {
    case .line(let axis):
      lines.append(
        LineHead(
          key: axis == .x ? number[head.key.x.index] : number[head.key.y.index],
          query: axis == .x ? number[head.query.x.index] : number[head.query.y.index],
          values: (isWanted.x ? number[head.values.x.index] : 0, isWanted.y ? number[head.values.y.index] : 0),
          destination: destination, rule: head.rule))
    case .gather(let parabola):
      gathers.append(
        GatherHead(
          query: pair(head.query),
          columns: (
            isWanted.x ? plan.existingColumn(of: head.values.x).map(programColumn) : nil,
            isWanted.y ? plan.existingColumn(of: head.values.y).map(programColumn) : nil
          ),
          destination: destination, rule: head.rule, parabola: parabola))
    case .hull:
      buildSearch(index, head, destination)
    }
  }

  /// The place in the program of a planned column: columns are built level by level, in the plan's order within a level.
  private func programColumn(_ planned: Int) -> Int {
    let column = plan.columns[planned]
    return plan.columns.filter { $0.level < column.level }.count
      + plan.columns[..<planned].filter { $0.level == column.level }.count
  }

  private mutating func buildSearch(_ index: Int, _ head: AttendingHead, _ destination: Int) {
    guard let hull = plan.hullOfHead[index] else { return }
    let values = plan.hulls[hull].values
    let place =
      plan.hulls.filter { $0.level < plan.hulls[hull].level }.count
      + plan.hulls[..<hull].filter { $0.level == plan.hulls[hull].level }.count
    searches.append(
      HullSearch(
        hull: place, query: pair(head.query),
        lanes: (values.first == head.values.x ? 0 : 1, values.first == head.values.y ? 0 : 1), destination: destination)
    )
  }
}
