/// Translates the tables of a sparse program, level by level, to rows.
struct BlockProgramBuilder {
  private let source: SparseProgram
  private let assignment: RowAssignment
  private(set) var sums: [BlockProgram.Sum] = []
  private(set) var products: [BlockProgram.Product] = []
  private(set) var units: [BlockProgram.Unit] = []
  /// The hulls that are searched at the levels so far.
  private var searchedHulls: Set<Int> = []
  /// Whether a hull is searched at several levels: each of them must have seen the keys up to its own position only.
  private(set) var mustGoSingly = false
  private(set) var scratchRowCount = 0

  init(_ source: SparseProgram, _ assignment: RowAssignment) {
    self.source = source
    self.assignment = assignment
  }

  /// A register's row, nil when nothing reads it.
  func wantedRow(_ register: Int) -> Int? {
    assignment.isRead(register) ? assignment.row[register] : nil
  }

  mutating func level(_ level: SparseProgram.Level) -> BlockProgram.Level {
    let firstSum = sums.count
    for group in source.sums[level.sums] { add(group) }
    let firstUnit = units.count
    for (place, unit) in source.units[level.units].enumerated() {
      units.append(
        BlockProgram.Unit(
          gate: row(unit.gate), value: row(unit.value), destination: row(level.unitDestination + place)))
    }
    return BlockProgram.Level(
      sums: firstSum..<sums.count, units: firstUnit..<units.count,
      columns: level.columns.map { ($0, assignment.row[source.columns[$0]]) },
      lines: level.lines.map(line), gathers: level.gathers.map { gather($0) },
      lookups: lookups(source.searches[level.searches]))
  }

  private mutating func add(_ group: SparseProgram.SumGroup) {
    for sum in 0..<group.count {
      sums.append(
        BlockProgram.Sum(
          base: row(source.bases[group.firstBase + sum]), destination: row(group.destination + sum),
          firstProduct: Int32(truncatingIfNeeded: products.count),
          productCount: Int32(truncatingIfNeeded: group.length)))
      let first = group.firstProduct + sum * group.length
      for product in source.products[first..<first + group.length] {
        products.append(
          BlockProgram.Product(weight: product.weight, row: assignment.row[Int(product.register)]))
      }
    }
  }

  private func row(_ register: some BinaryInteger) -> Int32 {
    Int32(truncatingIfNeeded: assignment.row[Int(register)])
  }

  private func rows(_ pair: (x: Int, y: Int)) -> (x: Int, y: Int) {
    (assignment.row[pair.x], assignment.row[pair.y])
  }

  private func destination(_ first: Int) -> (x: Int?, y: Int?) {
    (wantedRow(first), wantedRow(first + 1))
  }

  private func line(_ line: Int) -> BlockLine {
    let head = source.lines[line]
    return BlockLine(
      line: line, key: assignment.row[head.key], query: assignment.row[head.query], values: rows(head.values),
      destination: destination(head.destination), rule: head.rule)
  }

  private mutating func gather(_ gather: Int) -> BlockGather {
    let head = source.gathers[gather]
    return BlockGather(
      gather: gather, head: head, query: rows(head.query), destination: destination(head.destination),
      positionRow: assignment.row[Register.position.index], namedRow: scratchRow(0))
  }

  /// A row that is in use during one head alone.
  private mutating func scratchRow(_ number: Int) -> Int {
    scratchRowCount = max(scratchRowCount, number + 1)
    return assignment.rowCount + number
  }

  /// The searches of a level, by the hull that they search.
  private mutating func lookups(_ searches: ArraySlice<HullSearch>) -> [BlockLookup] {
    var hulls: [Int] = []
    for search in searches where !hulls.contains(search.hull) { hulls.append(search.hull) }
    return hulls.map { hull in
      let insertion = source.insertions[hull]
      let isFirst = searchedHulls.insert(hull).inserted
      if !isFirst { mustGoSingly = true }
      return BlockLookup(
        hull: hull, takesKeys: isFirst, key: rows(insertion.key), values: rows(insertion.values),
        numberRow: scratchRow(0),
        searches: searches.filter { $0.hull == hull }.enumerated().map { search($1, scratchRow($0 + 1)) })
    }
  }

  private func search(_ head: HullSearch, _ numberRow: Int) -> BlockLookup.Search {
    BlockLookup.Search(
      query: rows(head.query), lanes: head.lanes, destination: destination(head.destination), numberRow: numberRow)
  }
}
