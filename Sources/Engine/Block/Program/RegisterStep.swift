/// The registers that one of a level's operations reads and writes.
struct RegisterStep {
  let reads: [Int]
  let writes: [Int]
  /// Whether a result may take the place of an operand: each lane is read before it is written.
  let mayReplace: Bool

  /// A level's operations in their order.
  static func steps(of level: SparseProgram.Level, in program: SparseProgram) -> [RegisterStep] {
    program.functions[level.functions].map { function in
      // Results are written while the arguments of other lanes are still to be read.
      RegisterStep(
        reads: [function.argument, function.one],
        writes: Array(function.destination..<function.destination + function.resultCount), mayReplace: false)
    } + level.sums.flatMap { sums(program.sums[$0], program) }
      + zip(level.units, level.unitDestination...).map { unit, destination in
        let unit = program.units[unit]
        return RegisterStep(reads: [Int(unit.gate), Int(unit.value)], writes: [destination], mayReplace: true)
      } + heads(of: level, in: program)
  }

  private static func sums(_ group: SparseProgram.SumGroup, _ program: SparseProgram) -> [RegisterStep] {
    (0..<group.count).map { sum in
      let first = group.firstProduct + sum * group.length
      let factors = program.products[first..<first + group.length].map { Int($0.register) }
      return RegisterStep(
        reads: [Int(program.bases[group.firstBase + sum])] + factors, writes: [group.destination + sum],
        mayReplace: true)
    }
  }

  static func heads(of level: SparseProgram.Level, in program: SparseProgram) -> [RegisterStep] {
    var steps = program.columns[level.columns].map { RegisterStep(reads: [$0], writes: [], mayReplace: false) }
    for line in program.lines[level.lines] {
      steps.append(head([line.key, line.query, line.values.x, line.values.y], line.destination))
    }
    for gather in program.gathers[level.gathers] {
      steps.append(head([gather.query.x, gather.query.y], gather.destination))
    }
    // Keys are taken in where they are first searched, together with all searches of that level (`BlockLookup`).
    let searches = program.searches[level.searches]
    let reads = searches.flatMap { search in
      let insertion = program.insertions[search.hull]
      return [insertion.key.x, insertion.key.y, insertion.values.x, insertion.values.y, search.query.x, search.query.y]
    }
    steps.append(
      RegisterStep(
        reads: reads, writes: searches.flatMap { [$0.destination, $0.destination + 1] }, mayReplace: false))
    return steps
  }

  private static func head(_ reads: [Int], _ destination: Int) -> RegisterStep {
    RegisterStep(reads: reads, writes: [destination, destination + 1], mayReplace: false)
  }
}
