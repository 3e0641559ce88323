/// The keys of members that have no place in `properties`.
enum FurtherKeys {
  /// Accepts the strings that are not among `names`.
  ///
  /// It follows the canonical spellings of the names; where a key leaves them all, it goes on as any string does, in the
  /// common rule. Before that, escapes that might spell a name another way are left out.
  static func automaton(except names: [String], _ common: CommonRules) throws(GrammarError) -> RuleAutomaton {
    var builder = Builder(common)
    for name in names { builder.insert(JSONText.canonical(name)) }
    return builder.automaton()
  }

  private struct Builder {
    private struct Node {
      var children: [UInt8: Int] = [:]
      /// The state of the string automaton after the same bytes.
      var stringState: Int
    }

    private let common: CommonRules
    private let string: RuleAutomaton
    private var nodes: [Node] = [Node(stringState: 0)]
    /// The states from which the common rule goes on, by its state.
    private var departures: [Int: Int] = [:]
    private var states: [RuleAutomaton.State] = []

    init(_ common: CommonRules) {
      self.common = common
      string = common.stringAutomaton
    }

    mutating func insert(_ bytes: [UInt8]) {
      var current = 0
      for byte in bytes {
        if let child = nodes[current].children[byte] {
          current = child
        } else if let next = string.state(after: byte, from: nodes[current].stringState) {
          nodes.append(Node(stringState: next))
          nodes[current].children[byte] = nodes.count - 1
          current = nodes.count - 1
        }
      }
    }

    mutating func automaton() -> RuleAutomaton {
      states = Array(repeating: .init(), count: nodes.count)
      for (index, node) in nodes.enumerated() { states[index].edges = edges(of: node) }
      return RuleAutomaton(states: states)
    }

    private mutating func edges(of node: Node) -> [RuleAutomaton.Edge] {
      var edges: [RuleAutomaton.Edge] = []
      for edge in string.states[node.stringState].edges {
        for byte in edge.low...edge.high {
          guard let target = target(byte, node, edge.target) else { continue }
          if let last = edges.last, last.target == target, Int(last.high) + 1 == Int(byte) {
            edges[edges.count - 1].high = byte
          } else {
            edges.append(.init(low: byte, high: byte, effect: .none, target: target))
          }
        }
      }
      return edges
    }

    private mutating func target(_ byte: UInt8, _ node: Node, _ stringTarget: Int) -> Int? {
      if let child = node.children[byte] { return child }
      let backslash = UInt8(ascii: "\\")
      let isInEscape = isAfterEscape(node)
      if byte == backslash, !isInEscape { return nil }
      if isInEscape, !"\"\\bfnrt".utf8.contains(byte) { return nil }
      return departure(stringTarget)
    }

    /// Whether the node's bytes end within an escape sequence.
    private func isAfterEscape(_ node: Node) -> Bool {
      func allows(_ scalar: Unicode.Scalar) -> Bool {
        string.state(after: UInt8(truncatingIfNeeded: scalar.value), from: node.stringState) != nil
      }
      return !allows(" ") && (allows("n") || allows("0"))
    }

    private mutating func departure(_ stringState: Int) -> Int {
      if let known = departures[stringState] { return known }
      let (state, end) = (states.count, states.count + 1)
      let entry = RuleCall.Entry.commonState(common.commonState(ofString: stringState))
      let isEnd = string.states[stringState].isAccepting
      states.append(.init(calls: isEnd ? [] : [.init(call: .init(entry: entry), target: end)], isAccepting: isEnd))
      if !isEnd { states.append(.init(isAccepting: true)) }
      departures[stringState] = state
      return state
    }
  }
}
