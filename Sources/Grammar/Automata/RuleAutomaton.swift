/// A deterministic automaton over bytes; beside its bytes a state may offer calls of other rules.
///
/// State 0 is the start.
struct RuleAutomaton: Sendable {
  struct Edge: Hashable, Sendable {
    var low: UInt8
    var high: UInt8
    var effect: ByteEffect
    var target: Int
  }

  struct CallEdge: Hashable, Sendable {
    var call: RuleCall
    /// The state after the call.
    var target: Int
  }

  struct State: Sendable {
    /// By ascending bytes, without overlap.
    var edges: [Edge] = []
    var calls: [CallEdge] = []
    var isAccepting = false
  }

  var states: [State]

  /// The state after `byte`, or nil.
  func state(after byte: UInt8, from state: Int) -> Int? {
    states[state].edges.first { $0.low <= byte && byte <= $0.high }?.target
  }

  /// Whether it accepts `bytes`, by its byte edges alone.
  func accepts(_ bytes: some Sequence<UInt8>) -> Bool {
    var current = 0
    for byte in bytes {
      guard let next = state(after: byte, from: current) else { return false }
      current = next
    }
    return states[current].isAccepting
  }

  /// What both accept, by their byte edges alone.
  /// - Throws: when there would be too many states, or the budget is spent.
  func intersection(_ other: RuleAutomaton, _ budget: inout WorkBudget) throws(GrammarError) -> RuleAutomaton {
    var pairs = [[0, 0]]
    var numbers = [[0, 0]: 0]
    var result: [State] = []
    while result.count < pairs.count {
      let pair = pairs[result.count]
      let (left, right) = (states[pair[0]], other.states[pair[1]])
      try budget.spend(left.edges.count + right.edges.count)
      var state = State(isAccepting: left.isAccepting && right.isAccepting)
      for (edge, opposite, low, high) in Self.overlaps(left.edges, right.edges) {
        let target = [edge.target, opposite.target]
        let number = numbers[target, default: pairs.count]
        if number == pairs.count {
          guard pairs.count < Determinization.stateLimit else { throw Determinization.tooLarge }
          numbers[target] = number
          pairs.append(target)
        }
        state.edges.append(Edge(low: low, high: high, effect: edge.effect, target: number))
      }
      result.append(state)
    }
    return RuleAutomaton(states: result)
  }

  private static func overlaps(_ left: [Edge], _ right: [Edge]) -> [(Edge, Edge, UInt8, UInt8)] {
    var found: [(Edge, Edge, UInt8, UInt8)] = []
    var (first, second) = (0, 0)
    while first < left.count, second < right.count {
      let low = max(left[first].low, right[second].low)
      let high = min(left[first].high, right[second].high)
      if low <= high { found.append((left[first], right[second], low, high)) }
      if left[first].high < right[second].high { first += 1 } else { second += 1 }
    }
    return found
  }
}
