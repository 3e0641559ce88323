/// An expression as states with edges of bytes, calls, and nothing (Thompson's construction).
struct NondeterministicAutomaton {
  struct State {
    var edges: [RuleAutomaton.Edge] = []
    var calls: [RuleAutomaton.CallEdge] = []
    /// States that are reached without reading.
    var silent: [Int] = []
  }

  /// The most states, and the most parts of the expression that are looked at.
  static let stateLimit = 400_000

  private(set) var states: [State] = []
  private(set) var start = 0
  private(set) var end = 0
  private var partCount = 0
  /// The sets of scalars that were met lately, written out: patterns repeat few of them often.
  private var spellings: [ScalarSet: RuleExpression] = [:]

  /// - Throws: when there would be too many states.
  init(_ expression: RuleExpression) throws(GrammarError) {
    start = try addState()
    end = try add(expression, from: start)
  }

  mutating func addState() throws(GrammarError) -> Int {
    guard states.count < Self.stateLimit else { throw Determinization.tooLarge }
    states.append(State())
    return states.count - 1
  }

  mutating func addSilent(_ source: Int, _ target: Int) { states[source].silent.append(target) }

  /// Adds an expression that begins in state `source`.
  /// - Returns: the state in which it ends, which nothing leaves as yet.
  mutating func add(_ expression: RuleExpression, from source: Int) throws(GrammarError) -> Int {
    partCount += 1
    guard partCount <= Self.stateLimit else { throw Determinization.tooLarge }
    switch expression {
    case .bytes(let ranges, let effect):
      let target = try addState()
      for range in ranges {
        states[source].edges.append(
          .init(low: range.lowerBound, high: range.upperBound, effect: effect, target: target))
      }
      return target
    case .literal(let bytes): return try add(bytes, from: source)
    case .scalars(let set): return try add(spelling(of: set), from: source)
    case .sequence(let parts):
      var current = source
      for part in parts { current = try add(part, from: current) }
      return current
    case .choice(let options): return try add(options: options, from: source)
    case .optional(let inner): return try add(options: [inner, .sequence([])], from: source)
    case .star(let inner): return try addLoop(inner, from: source)
    case .repeated(let inner, let minimum, let maximum):
      return try addRepetition(inner, minimum, maximum, from: source)
    case .separated(let item, let separator):
      return try add([item], minimum: 1, separator, rest: (separator, item), from: source)
    case .members(let members, let rest, let separator):
      return try add(members, rest: rest, separator, from: source)
    case .elements(let items, let minimum, let separator, let rest):
      return try add(items, minimum: minimum, separator, rest: rest, from: source)
    case .automaton(let automaton): return try add(automaton, from: source)
    case .call(let call):
      let target = try addState()
      states[source].calls.append(.init(call: call, target: target))
      return target
    }
  }

  private mutating func spelling(of set: ScalarSet) -> RuleExpression {
    if let known = spellings[set] { return known }
    if spellings.count >= 64 { spellings.removeAll() }
    let spelling = JSONText.canonical(set)
    spellings[set] = spelling
    return spelling
  }

  private mutating func add(_ literal: [UInt8], from source: Int) throws(GrammarError) -> Int {
    var current = source
    for byte in literal {
      let next = try addState()
      states[current].edges.append(.init(low: byte, high: byte, effect: .none, target: next))
      current = next
    }
    return current
  }

  private mutating func add(options: [RuleExpression], from source: Int) throws(GrammarError) -> Int {
    let end = try addState()
    for option in options {
      let start = try addState()
      addSilent(source, start)
      addSilent(try add(option, from: start), end)
    }
    return end
  }

  private mutating func addLoop(_ inner: RuleExpression, from source: Int) throws(GrammarError) -> Int {
    let head = try addState()
    addSilent(source, head)
    addSilent(try add(inner, from: head), head)
    let end = try addState()
    addSilent(head, end)
    return end
  }

  private mutating func addRepetition(_ inner: RuleExpression, _ minimum: Int, _ maximum: Int?, from source: Int)
    throws(GrammarError) -> Int
  {
    var current = source
    for _ in 0..<minimum { current = try add(inner, from: current) }
    guard let maximum else { return try addLoop(inner, from: current) }
    let end = try addState()
    addSilent(current, end)
    for _ in minimum..<max(minimum, maximum) {
      let start = try addState()
      addSilent(current, start)
      current = try add(inner, from: start)
      addSilent(current, end)
    }
    return end
  }

  private mutating func add(_ automaton: RuleAutomaton, from source: Int) throws(GrammarError) -> Int {
    let first = states.count
    for _ in automaton.states { _ = try addState() }
    let end = try addState()
    addSilent(source, first)
    for (index, state) in automaton.states.enumerated() {
      states[first + index].edges = state.edges.map { edge in
        .init(low: edge.low, high: edge.high, effect: edge.effect, target: first + edge.target)
      }
      states[first + index].calls = state.calls.map { .init(call: $0.call, target: first + $0.target) }
      if state.isAccepting { addSilent(first + index, end) }
    }
    return end
  }
}
