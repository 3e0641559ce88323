extension ProgramBuilder {
  private func pair(_ registers: RegisterPair) -> (x: Int, y: Int) {
    (number[registers.x.index], number[registers.y.index])
  }

  /// What a planned hull takes in.
  func insertion(_ hull: HeadPlan.Hull) -> HullInsertion {
    let values = hull.values.map { number[$0.index] }
    return HullInsertion(key: pair(hull.head.key), values: (values.first ?? 0, values.last ?? 0), rule: hull.head.rule)
  }

  /// Numbers a head's results, side by side even if only one is wanted, and says how they are found.
  mutating func buildHead(_ index: Int, _ registers: [Int]) {
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
          destination: destination, rule: head.rule, use: head.use))
    case .gather(let parabola):
      gathers.append(
        GatherHead(
          query: pair(head.query),
          columns: (
            isWanted.x ? column(of: head.values.x) : nil,
            isWanted.y ? column(of: head.values.y) : nil
          ),
          destination: destination, rule: head.rule, parabola: parabola))
    case .hull:
      buildSearch(index, head, destination)
    }
  }

  /// The column that remembers a register.
  private func column(of register: Register) -> GatheredColumn? {
    plan.column(of: register).flatMap { columnOfPlan[$0] }
  }

  private mutating func buildSearch(_ index: Int, _ head: AttendingHead, _ destination: Int) {
    guard let planned = plan.hullOfHead[index], let hull = hullOfPlan[planned] else { return }
    let values = plan.hulls[planned].values
    searches.append(
      HullSearch(
        hull: hull, query: pair(head.query),
        lanes: (values.first == head.values.x ? 0 : 1, values.first == head.values.y ? 0 : 1), destination: destination,
        use: head.use)
    )
  }
}
