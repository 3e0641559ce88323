import Graph
import ProgramGenerator

extension RandomGraphGrowth {
  /// Adds one construct of a random kind.
  mutating func grow() {
    switch random.number(in: 0...11) {
    case 0: growNeuron()
    case 1: growProduct()
    case 2: growStep()
    case 3, 4: growPersist()
    case 5: growTable()
    case 6, 7: growFetch()
    case 8: growGather()
    case 9: growSums()
    case 10: growPlaneLookup()
    default: growRoundedMean()
    }
  }

  /// Three heads of which each reads the one before, which no schedule can put into fewer than three layers.
  mutating func growChain() {
    for _ in 0..<3 {
      let value = values.last ?? pick()
      let found = builder.gather([value.expression], at: builder.position - builder.one, name: name("chain"))
      append(found[0], bound: value.bound, cost: 1)
    }
  }

  private mutating func growNeuron() {
    let value = combination(atMost: 0x1p10)
    let gate = combination(atMost: 0x1p10)
    append(
      builder.reglu(value.expression, gate.expression, name: name("neuron")), bound: value.bound * gate.bound, cost: 1)
  }

  private mutating func growProduct() {
    let left = combination(atMost: 0x1p10)
    let right = combination(atMost: 0x1p10)
    let product = builder.product(left.expression, right.expression, name: name("product"))
    append(builder.persist(product, name: name("stored")), bound: left.bound * right.bound, cost: 3)
  }

  private mutating func growStep() {
    let value = combination(atMost: 0x1p14)
    let condition = combination(atMost: 0x1p14)
    if random.isOnce(in: 2) {
      append(
        builder.stepglu(value.expression, condition.expression, name: name("step")), bound: value.bound, cost: 3)
    } else {
      let sum = builder.whereZero(value.expression, condition.expression, name: name("equal"))
      append(builder.persist(sum, name: name("stored")), bound: value.bound, cost: 4)
    }
  }

  private mutating func growPersist() {
    let value = combination()
    append(builder.persist(value.expression, name: name("persist")), bound: value.bound, cost: 1)
  }

  private mutating func growTable() {
    let rows = random.number(in: 1...6)
    let columns = (0..<random.number(in: 1...3)).map { _ in
      (0..<rows).map { _ in Double(random.number(in: -50...50)) }
    }
    let index = combination()
    let outputs = builder.table(columns, index: index.expression, name: name("table"))
    for (number, output) in outputs.enumerated() { append(output, bound: 50, cost: number == 0 ? 1 : 0) }
  }

  /// Keys of every sign, often cleared; queries that hit, nearly hit or miss.
  private mutating func growFetch() {
    let key = combination(atMost: 0x1p16)
    let square = builder.product(key.expression, key.expression, name: name("square"))
    let query: Expression =
      switch random.number(in: 0...2) {
      case 0: key.expression
      case 1: key.expression + Double(random.number(in: -3...3)) * builder.one
      default: combination(atMost: 0x1p16).expression
      }
    let clear: Expression? =
      switch random.number(in: 0...3) {
      case 0: nil
      case 1: builder.one - flags[0] - flags[1]
      case 2: builder.one - flags[0]
      default: builder.reglu(builder.one, pick(atMost: 100).expression, name: name("clear"))
      }
    let values = (0...random.number(in: 0...1)).map { _ in combination() }
    let found = builder.fetch(
      values.map(\.expression), query: query, key: key.expression, keySquare: square, clear: clear, name: name("fetch"))
    for (value, output) in zip(values, found) { append(output, bound: value.bound, cost: 2) }
  }

  private mutating func growGather() {
    let back = Double(random.number(in: 0...5))
    let target = random.isOnce(in: 2) ? builder.position - back * builder.one : combination().expression
    let values = (0...random.number(in: 0...1)).map { _ in combination() }
    let found = builder.gather(values.map(\.expression), at: target, name: name("gather"))
    for (number, output) in found.enumerated() {
      append(output, bound: values[number].bound, cost: number == 0 ? 1 : 0)
    }
  }

  private mutating func growSums() {
    let summands = (0...random.number(in: 0...1)).map { _ in combination(atMost: 0x1p12) }
    let sums = builder.cumulativeSums(summands.map(\.expression), names: summands.map { _ in name("sum") })
    for (summand, sum) in zip(summands, sums) {
      append(sum.exact, bound: summand.bound * Self.longestRun, cost: 4)
    }
  }

  /// A head without any pattern: small points in the plane, many of them equal, and any query.
  private mutating func growPlaneLookup() {
    let points = (0..<4).map { _ in combination(atMost: 200).expression }
    let values = (0...random.number(in: 0...1)).map { _ in combination() }
    let found = builder.lookup(
      values: values.map(\.expression), query: PlanePoint(points[0], points[1]), key: PlanePoint(points[2], points[3]),
      rule: .latest, name: name("plane"))
    for (number, output) in found.enumerated() {
      append(output, bound: values[number].bound, cost: number == 0 ? 1 : 0)
    }
  }

  /// The mean over equal keys, or over all positions, rounded to an integer.
  private mutating func growRoundedMean() {
    let value = combination(atMost: 0x1p12)
    let head: Expression
    if random.isOnce(in: 2) {
      head = builder.average([value.expression], name: name("mean"))[0]
    } else {
      let key = pick(atMost: 12).expression
      let square = builder.product(key, key, name: name("square"))
      head =
        builder.lookup(
          values: [value.expression], query: PlanePoint(pick(atMost: 12).expression, builder.one),
          key: PlanePoint(2 * key, -square), rule: .average, name: name("mean"))[0]
    }
    let raised = builder.persist(head + GraphBuilder.snap * builder.one, name: name("raised"))
    append(
      builder.persist(raised - GraphBuilder.snap * builder.one, name: name("rounded"), isExact: true),
      bound: value.bound, cost: 3)
  }
}
