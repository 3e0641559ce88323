/// All rules of a grammar in one table of states; reading follows its edges with a stack of states to return to.
struct PushdownAutomaton: Sendable {
  struct Edge: Sendable {
    var low: UInt8
    var high: UInt8
    var effect: ByteEffect
    var target: Int32
  }

  struct CallEdge: Sendable {
    var entry: Int32
    var lower: Int32
    var upper: Int32
    var target: Int32
  }

  struct State: Sendable {
    var edges: Range<Int> = 0..<0
    var calls: Range<Int> = 0..<0
    var isAccepting = false
    /// Whether nothing follows: a call that returns here needs no return.
    var isLast: Bool { isAccepting && edges.isEmpty && calls.isEmpty }
    /// How many further returns must at least be stacked to come to the rule's end; nil where there is no way to it.
    var height: Int?
    /// Whether a call can be reached from here within the rule.
    var reachesCalls = false
  }

  var edges: [Edge] = []
  var calls: [CallEdge] = []
  var states: [State] = []
  /// The state in which documents begin.
  var start = 0

  /// The edge of `state` for `byte`.
  func edge(_ byte: UInt8, from state: Int) -> Edge? {
    for index in states[state].edges where byte <= edges[index].high {
      return edges[index].low <= byte ? edges[index] : nil
    }
    return nil
  }
}
