import Transformer

/// What is known of each register of a program, whatever is read.
///
/// Intervals are followed level by level. What heads return was computed for some position, by common tokens or by those that bring nothing
/// along and begin a run: both are followed, since much is a constant for common tokens only.
struct RangeAnalysis {
  private let program: SparseProgram
  /// For common tokens.
  private(set) var ranges: [NumberRange]  // [registers]
  /// For the others.
  private var rangesOfOthers: [NumberRange]  // [registers]

  init(_ program: SparseProgram, constants: [Int: Double]) {
    self.program = program
    ranges = Array(repeating: .zero, count: program.registerCount)
    let limit = Double(SparseEngine.positionLimit)
    ranges[Register.position.index] = NumberRange(lowest: 0, highest: limit, quantum: 0)
    ranges[Register.inverseLog.index] = NumberRange(lowest: -1, highest: 2, quantum: nil)
    ranges[Register.square.index] = NumberRange(lowest: 0, highest: limit * limit, quantum: 0)
    rangesOfOthers = ranges
    for column in 0..<program.embeddingColumns {
      let register = SparseProgram.firstEmbeddingRegister + column
      ranges[register] = constants[register].map(NumberRange.init) ?? rangeOfEmbedding(column)
    }
    for level in program.levels { follow(level) }
  }

  private func rangeOfEmbedding(_ column: Int) -> NumberRange {
    NumberRange(
      stride(from: column, to: program.embedding.count, by: program.embeddingColumns).map { program.embedding[$0] })
  }

  private mutating func follow(_ level: SparseProgram.Level) {
    for function in program.functions[level.functions] {
      follow(function, &ranges)
      follow(function, &rangesOfOthers)
    }
    for group in program.sums[level.sums] {
      follow(group, &ranges)
      follow(group, &rangesOfOthers)
    }
    for (place, unit) in program.units[level.units].enumerated() {
      let (gate, value) = (Int(unit.gate), Int(unit.value))
      ranges[level.unitDestination + place] = ranges[gate].opened * ranges[value]
      rangesOfOthers[level.unitDestination + place] = rangesOfOthers[gate].opened * rangesOfOthers[value]
    }
    follow(program.lines[level.lines])
    follow(program.gathers[level.gathers])
    follow(program.searches[level.searches])
  }

  private func follow(_ group: SparseProgram.SumGroup, _ ranges: inout [NumberRange]) {
    for sum in 0..<group.count {
      let first = group.firstProduct + sum * group.length
      let total = program.products[first..<first + group.length].reduce(NumberRange.zero) {
        $0 + NumberRange($1.weight) * ranges[Int($1.register)]
      }
      ranges[group.destination + sum] = ranges[Int(program.bases[group.firstBase + sum])] + total
    }
  }

  private func follow(_ function: RegisterFunction, _ ranges: inout [NumberRange]) {
    for (place, range) in function.expression.ranges(ranges[function.argument], one: ranges[function.one]).enumerated()
    {
      ranges[function.destination + place] = range
    }
  }
}

// Heads.
extension RangeAnalysis {
  /// What a register holds at any position; a head that finds nothing returns zero.
  private func anywhere(_ register: Int) -> NumberRange {
    ranges[register].union(rangesOfOthers[register]).union(.zero)
  }

  private mutating func put(_ range: NumberRange, _ register: Int) {
    ranges[register] = range
    rangesOfOthers[register] = range
  }

  private mutating func follow(_ lines: ArraySlice<LineHead>) {
    for head in lines {
      let values = [anywhere(head.values.x), anywhere(head.values.y)]
      for (place, value) in values.enumerated() {
        put(head.rule == .average ? value.mean : value, head.destination + place)
      }
    }
  }

  private mutating func follow(_ gathers: ArraySlice<GatherHead>) {
    for head in gathers {
      for (place, column) in [head.columns.x, head.columns.y].enumerated() {
        let values: NumberRange =
          switch column {
          case .embedding(let column): rangeOfEmbedding(column).union(.zero)
          case .stored(let column): anywhere(program.columns[column])
          case nil: .zero
          }
        put(head.rule == .average ? values.mean : values, head.destination + place)
      }
    }
  }

  private mutating func follow(_ searches: ArraySlice<HullSearch>) {
    for search in searches {
      let insertion = program.insertions[search.hull]
      let values = [anywhere(insertion.values.x), anywhere(insertion.values.y)]
      for (place, lane) in [search.lanes.x, search.lanes.y].enumerated() {
        put(insertion.rule == .average ? values[lane].mean : values[lane], search.destination + place)
      }
    }
  }
}

extension FunctionExpression {
  /// What is known of the results.
  fileprivate func ranges(_ argument: NumberRange, one: NumberRange) -> [NumberRange] {
    var places = [.zero, argument, one]
    for step in steps {
      switch step {
      case .sum(let base, let products):
        places.append(
          places[base] + products.reduce(NumberRange.zero) { $0 + NumberRange($1.weight) * places[$1.place] })
      case .unit(let gate, let value): places.append(places[gate].opened * places[value])
      }
    }
    return results.map { places[$0] }
  }
}
