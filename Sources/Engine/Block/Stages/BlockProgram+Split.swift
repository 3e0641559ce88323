extension BlockProgram {
  /// Parts of about equal cost: neighbouring levels, at most as many parts as asked for.
  func split(into count: Int) -> [Range<Int>] {
    let costs = levels.map(cost)
    let total = costs.reduce(0, +)
    var parts: [Range<Int>] = []
    var first = 0
    var sum = 0
    for (level, cost) in costs.enumerated() {
      // Where the middle of this level lies beyond the part's share, it begins the next one.
      if level > first, parts.count < count - 1, 2 * sum + cost > 2 * total * (parts.count + 1) / count {
        parts.append(first..<level)
        first = level
      }
      sum += cost
    }
    parts.append(first..<levels.count)
    return parts
  }

  /// About how long a level takes.
  private func cost(of level: Level) -> Int {
    let products = sums[level.sums].reduce(0) { $0 + Int($1.productCount) }
    let searches = lookups[level.lookups].reduce(0) { $0 + $1.searches.count }
    return 2 * products + 3 * level.sums.count + 2 * level.units.count + 2 * level.columns.count
      + 40 * level.lines.count + 20 * level.gathers.count + 20 * (level.lookups.count + searches)
  }
}
