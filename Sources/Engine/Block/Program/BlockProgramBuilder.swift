/// Translates the tables of a sparse program, level by level, to rows.
struct BlockProgramBuilder {
  private let source: SparseProgram
  private let assignment: RowAssignment
  private(set) var functions: [BlockFunction] = []
  private(set) var sums: [BlockProgram.Sum] = []
  private(set) var products: [BlockProgram.Product] = []
  private(set) var units: [BlockProgram.Unit] = []
  private(set) var columns: [(column: Int, row: Int)] = []
  private(set) var lines: [BlockLine] = []
  private(set) var gathers: [BlockGather] = []
  private(set) var lookups: [BlockLookup] = []
  private(set) var searches: [BlockLookup.Search] = []
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
    let firstFunction = functions.count
    functions += source.functions[level.functions].map(function)
    let firstSum = sums.count
    for group in source.sums[level.sums] { add(group) }
    let firstUnit = units.count
    for (place, unit) in source.units[level.units].enumerated() {
      units.append(
        BlockProgram.Unit(
          gate: row(unit.gate), value: row(unit.value), destination: row(level.unitDestination + place)))
    }
    let first = (columns: columns.count, lines: lines.count, gathers: gathers.count, lookups: lookups.count)
    columns += level.columns.map { ($0, assignment.row[source.columns[$0]]) }
    lines += level.lines.map(line)
    for number in level.gathers { gathers.append(gather(number)) }
    add(source.searches[level.searches])
    return BlockProgram.Level(
      functions: firstFunction..<functions.count, sums: firstSum..<sums.count, units: firstUnit..<units.count,
      columns: first.columns..<columns.count,
      lines: first.lines..<lines.count, gathers: first.gathers..<gathers.count,
      lookups: first.lookups..<lookups.count)
  }

  private func function(_ function: RegisterFunction) -> BlockFunction {
    BlockFunction(
      function: function, argument: assignment.row[function.argument], one: assignment.row[function.one],
      destinations: (0..<function.resultCount).map { wantedRow(function.destination + $0) })
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

  /// Adds the searches of a level, by the hull that they search.
  private mutating func add(_ heads: ArraySlice<HullSearch>) {
    var hulls: [Int] = []
    for head in heads where !hulls.contains(head.hull) { hulls.append(head.hull) }
    for hull in hulls {
      let insertion = source.insertions[hull]
      let isFirst = searchedHulls.insert(hull).inserted
      if !isFirst { mustGoSingly = true }
      let first = searches.count
      for head in heads where head.hull == hull { searches.append(search(head, place: searches.count - first)) }
      lookups.append(
        BlockLookup(
          hull: hull, takesKeys: isFirst, key: rows(insertion.key), values: rows(insertion.values),
          numberRow: scratchRow(0), searches: first..<searches.count))
    }
  }

  private mutating func search(_ head: HullSearch, place: Int) -> BlockLookup.Search {
    let unread = scratchRow(1)
    return BlockLookup.Search(
      query: rows(head.query), lanes: head.lanes,
      destination: (wantedRow(head.destination) ?? unread, wantedRow(head.destination + 1) ?? unread),
      numberRow: scratchRow(place + 2))
  }
}
