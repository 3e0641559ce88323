/// The rules of a grammar while they are made.
///
/// Rules call each other by number, so that a rule can be called before its body is known.
struct RuleTable: Sendable {
  /// The most states of all rules together.
  static let stateLimit = 150_000

  private var automata: [RuleAutomaton?] = []
  private(set) var stateCount = 0
  /// The first state of each rule in the whole table.
  private(set) var firstStates: [Int] = []
  private var order: [Int] = []
  /// What is left for the automata of further rules.
  var budget = WorkBudget()

  init() {}

  /// A new rule, to be defined later.
  mutating func declare() -> Int {
    automata.append(nil)
    firstStates.append(-1)
    return automata.count - 1
  }

  /// Gives a rule its body; its states are numbered from the table's end on.
  /// - Throws: when it would be too large.
  mutating func define(_ rule: Int, _ body: RuleExpression) throws(GrammarError) {
    try define(rule, Determinization.automaton(body, &budget))
  }

  /// Gives a rule its automaton, whose states keep their order.
  mutating func define(_ rule: Int, _ automaton: RuleAutomaton) throws(GrammarError) {
    automata[rule] = automaton
    firstStates[rule] = stateCount
    stateCount += automaton.states.count
    order.append(rule)
    guard stateCount <= Self.stateLimit else {
      throw GrammarError(.tooLarge, "", "expected a schema whose rules have at most \(Self.stateLimit) states")
    }
  }

  /// A new rule with a body.
  mutating func add(_ body: RuleExpression) throws(GrammarError) -> Int {
    let rule = declare()
    try define(rule, body)
    return rule
  }

  /// The table of all states, its dead ends removed.
  /// - Throws: when no string can be read from the start of `rule`.
  func automaton(startingWith rule: Int) throws(GrammarError) -> PushdownAutomaton {
    var result = PushdownAutomaton()
    for rule in order {
      guard let automaton = automata[rule] else { continue }
      let first = firstStates[rule]
      for state in automaton.states { append(state, first, to: &result) }
    }
    result.start = firstStates[rule]
    try StackHeights.assign(to: &result)
    return result
  }

  private func append(_ state: RuleAutomaton.State, _ first: Int, to result: inout PushdownAutomaton) {
    let (edges, calls) = (result.edges.count, result.calls.count)
    for edge in state.edges {
      result.edges.append(
        .init(low: edge.low, high: edge.high, effect: edge.effect, target: Int32(first + edge.target)))
    }
    for edge in state.calls {
      let entry =
        switch edge.call.entry {
        case .rule(let rule): firstStates[rule]
        case .commonState(let state): state
        }
      result.calls.append(
        .init(
          entry: Int32(entry), lower: edge.call.lower, upper: edge.call.upper, target: Int32(first + edge.target)))
    }
    result.states.append(
      .init(edges: edges..<result.edges.count, calls: calls..<result.calls.count, isAccepting: state.isAccepting))
  }
}
