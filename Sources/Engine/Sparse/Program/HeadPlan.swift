/// When each definition can be computed, and what heads remember in common.
///
/// Level 0 is known from the token and its position; a definition is one level above the highest that it reads.
struct HeadPlan {
  /// A hull that serves all heads with one key, as far as two values reach.
  struct Hull {
    let head: AttendingHead
    fileprivate(set) var values: [Register]
    let level: Int
  }

  /// What is remembered of a register for all positions.
  struct Column {
    let register: Register
    let level: Int
  }

  private(set) var registerLevels: [Int] = []  // [definitions]
  private(set) var headLevels: [Int?]  // [heads]
  private(set) var hulls: [Hull] = []
  /// The hull of each head that searches one.
  private(set) var hullOfHead: [Int: Int] = [:]
  private(set) var columns: [Column] = []
  private var columnOfRegister: [Register: Int] = [:]

  init(_ graph: RegisterGraph, isNeeded: [Bool]) {
    headLevels = Array(repeating: nil, count: graph.heads.count)
    let wanted = Self.wantedValues(graph, isNeeded)
    for (index, definition) in graph.definitions.enumerated() {
      var level = 0
      switch definition {
      case .given, .embedding: break
      case .attended(let head, _) where isNeeded[index]:
        level = headLevels[head] ?? place(head, graph.heads[head], wanted[head])
      default: level = levelAbove(graph.reads(of: definition))
      }
      registerLevels.append(level)
    }
  }

  /// The values of each head that something reads.
  private static func wantedValues(_ graph: RegisterGraph, _ isNeeded: [Bool]) -> [[Register]] {
    var wanted: [[Register]] = Array(repeating: [], count: graph.heads.count)
    for (index, definition) in graph.definitions.enumerated() where isNeeded[index] {
      if case .attended(let head, let second) = definition {
        wanted[head].append(graph.heads[head].value(second: second))
      }
    }
    return wanted
  }

  /// The first level at which all of some registers are known.
  func levelAbove(_ registers: [Register]) -> Int {
    1 + (registers.map { registerLevels[$0.index] }.max() ?? 0)
  }

  /// The level of a head, whose inputs have levels already.
  private mutating func place(_ index: Int, _ head: AttendingHead, _ values: [Register]) -> Int {
    let level: Int
    switch head.kind {
    case .line: level = levelAbove(head.searchedRegisters + values)
    case .gather:
      let columnLevels = values.map { columns[makeColumn(of: $0)].level }
      level = max(levelAbove(head.searchedRegisters), columnLevels.max() ?? 0)
    case .hull:
      let hull = hull(for: head, values)
      hullOfHead[index] = hull
      level = max(levelAbove([head.query.x, head.query.y]), hulls[hull].level)
    }
    headLevels[index] = level
    return level
  }

  /// The column that remembers a register, made if there is none.
  private mutating func makeColumn(of register: Register) -> Int {
    if let column = columnOfRegister[register] { return column }
    columnOfRegister[register] = columns.count
    columns.append(Column(register: register, level: levelAbove([register])))
    return columns.count - 1
  }

  /// The column that remembers a register, if there is one.
  func column(of register: Register) -> Int? {
    columnOfRegister[register]
  }

  /// A hull with the head's keys that has its values, or room for them and knows them early enough.
  private mutating func hull(for head: AttendingHead, _ values: [Register]) -> Int {
    for index in hulls.indices where hulls[index].head.key == head.key && hulls[index].head.rule == head.rule {
      let missing = values.filter { !hulls[index].values.contains($0) }
      let isInTime = missing.allSatisfy { registerLevels[$0.index] < hulls[index].level }
      if isInTime, Set(missing).count + hulls[index].values.count <= 2 {
        for value in missing where !hulls[index].values.contains(value) { hulls[index].values.append(value) }
        return index
      }
    }
    let level = levelAbove([head.key.x, head.key.y] + values)
    var distinct: [Register] = []
    for value in values where !distinct.contains(value) { distinct.append(value) }
    hulls.append(Hull(head: head, values: distinct, level: level))
    return hulls.count - 1
  }
}
