/// Makes an automaton deterministic: its states become the sets of states that the same bytes reach.
///
/// Calls are symbols beside the bytes; where a call and a byte, or two calls, begin alike, both remain and are followed
/// side by side when a text is read.
struct Determinization {
  static let stateLimit = 60_000
  static let tooLarge = GrammarError(
    .tooLarge, "", "expected a schema whose automaton has at most \(stateLimit) states")

  private let automaton: NondeterministicAutomaton
  private var numbers: [[Int]: Int] = [:]
  private var sets: [[Int]] = []
  private var budget: WorkBudget
  private var visited: [Int]
  private var visit = 0

  private init(_ automaton: NondeterministicAutomaton, _ budget: WorkBudget) {
    self.automaton = automaton
    self.budget = budget
    visited = [Int](repeating: 0, count: automaton.states.count)
  }

  /// The deterministic automaton of an expression.
  /// - Throws: when it would be too large, or the budget is spent.
  static func automaton(_ expression: RuleExpression, _ budget: inout WorkBudget) throws(GrammarError) -> RuleAutomaton
  {
    let automaton = try NondeterministicAutomaton(expression)
    try budget.spend(automaton.states.count)
    var determinization = Determinization(automaton, budget)
    let result = try determinization.run()
    budget = determinization.budget
    return result
  }

  private mutating func run() throws(GrammarError) -> RuleAutomaton {
    var states: [RuleAutomaton.State] = []
    _ = try number(of: [automaton.start])
    while states.count < sets.count { states.append(try state(of: sets[states.count])) }
    return RuleAutomaton(states: states)
  }

  private mutating func state(of set: [Int]) throws(GrammarError) -> RuleAutomaton.State {
    var state = RuleAutomaton.State(isAccepting: set.contains(automaton.end))
    var edges: [RuleAutomaton.Edge] = []
    var targets: [RuleCall: [Int]] = [:]
    var calls: [RuleCall] = []
    for member in set {
      edges += automaton.states[member].edges
      for edge in automaton.states[member].calls {
        if targets[edge.call] == nil { calls.append(edge.call) }
        targets[edge.call, default: []].append(edge.target)
      }
    }
    state.edges = try deterministic(edges)
    for call in calls {
      state.calls.append(.init(call: call, target: try number(of: targets[call] ?? [])))
    }
    return state
  }

  private mutating func deterministic(_ edges: [RuleAutomaton.Edge]) throws(GrammarError) -> [RuleAutomaton.Edge] {
    var starts = Set<Int>()
    for edge in edges {
      starts.insert(Int(edge.low))
      starts.insert(Int(edge.high) + 1)
    }
    let borders = starts.sorted()
    var covering = [[RuleAutomaton.Edge]](repeating: [], count: borders.count)
    var places = [Int](repeating: 0, count: 257)
    for (place, border) in borders.enumerated() { places[border] = place }
    for edge in edges {
      try budget.spend(places[Int(edge.high) + 1] - places[Int(edge.low)])
      for place in places[Int(edge.low)]..<places[Int(edge.high) + 1] { covering[place].append(edge) }
    }
    var result: [RuleAutomaton.Edge] = []
    for (place, edges) in covering.enumerated() where !edges.isEmpty {
      let target = try number(of: edges.map(\.target))
      let effect = edges.map(\.effect).max { $0.rawValue < $1.rawValue } ?? .none
      let (low, high) = (UInt8(borders[place]), UInt8(borders[place + 1] - 1))
      if let last = result.last, last.target == target, last.effect == effect, Int(last.high) + 1 == Int(low) {
        result[result.count - 1].high = high
      } else {
        result.append(.init(low: low, high: high, effect: effect, target: target))
      }
    }
    return result
  }

  /// The number of the set of states that `states` reach without reading.
  private mutating func number(of states: [Int]) throws(GrammarError) -> Int {
    visit += 1
    var pending = states
    var set: [Int] = []
    var steps = 0
    while let state = pending.popLast() {
      steps += 1
      guard visited[state] != visit else { continue }
      visited[state] = visit
      let description = automaton.states[state]
      if !description.edges.isEmpty || !description.calls.isEmpty || state == automaton.end { set.append(state) }
      pending += description.silent
    }
    try budget.spend(steps)
    set.sort()
    if let known = numbers[set] { return known }
    guard sets.count < Self.stateLimit else { throw Self.tooLarge }
    numbers[set] = sets.count
    sets.append(set)
    return sets.count - 1
  }
}
