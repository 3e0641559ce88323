/// How much stack each state of an automaton needs at least to come to the end of its rule.
///
/// Over all ways to the end, the least greatest height; found in ascending order as shortest ways are (Knuth's
/// generalization of Dijkstra's algorithm), so that recursion costs nothing. What has no way to its end is removed.
enum StackHeights {
  /// The greatest height of a document's shortest form.
  static let limit = 64

  static func assign(to automaton: inout PushdownAutomaton) throws(GrammarError) {
    var search = Search(automaton)
    search.run()
    for state in automaton.states.indices { automaton.states[state].height = search.heights[state] }
    guard let height = automaton.states[automaton.start].height else {
      throw GrammarError(.unsatisfiable, "", "expected a schema that some finite document satisfies")
    }
    guard height <= limit else {
      throw GrammarError(.tooLarge, "", "expected a schema with documents nested at most \(limit) levels deep")
    }
    removeDeadEnds(from: &automaton)
    markCalls(in: &automaton)
  }

  private struct Search {
    enum Source {
      case edge(Int)
      case call(state: Int, call: Int)
    }

    let automaton: PushdownAutomaton
    var heights: [Int?]
    private var sources: [[Source]]
    private var buckets: [[Int]] = [[]]

    init(_ automaton: PushdownAutomaton) {
      self.automaton = automaton
      heights = Array(repeating: nil, count: automaton.states.count)
      sources = Array(repeating: [], count: automaton.states.count)
      for (index, state) in automaton.states.enumerated() {
        for edge in state.edges { sources[Int(automaton.edges[edge].target)].append(.edge(index)) }
        for call in state.calls {
          sources[Int(automaton.calls[call].target)].append(.call(state: index, call: call))
          sources[Int(automaton.calls[call].entry)].append(.call(state: index, call: call))
        }
        if state.isAccepting { buckets[0].append(index) }
      }
    }

    mutating func run() {
      var level = 0
      while level < buckets.count {
        while let state = buckets[level].popLast() {
          guard heights[state] == nil else { continue }
          heights[state] = level
          for source in sources[state] { relax(source, level) }
        }
        level += 1
      }
    }

    private mutating func relax(_ source: Source, _ level: Int) {
      switch source {
      case .edge(let state): enqueue(state, level)
      case .call(let state, let call):
        let edge = automaton.calls[call]
        guard let entry = heights[Int(edge.entry)], let target = heights[Int(edge.target)] else { return }
        let isTail = automaton.states[Int(edge.target)].isLast
        enqueue(state, max(isTail ? entry : entry + 1, target))
      }
    }

    private mutating func enqueue(_ state: Int, _ height: Int) {
      guard heights[state] == nil else { return }
      while buckets.count <= height { buckets.append([]) }
      buckets[height].append(state)
    }
  }

  private static func removeDeadEnds(from automaton: inout PushdownAutomaton) {
    var edges: [PushdownAutomaton.Edge] = []
    var calls: [PushdownAutomaton.CallEdge] = []
    for index in automaton.states.indices {
      let (firstEdge, firstCall) = (edges.count, calls.count)
      for edge in automaton.edges[automaton.states[index].edges]
      where automaton.states[Int(edge.target)].height != nil {
        edges.append(edge)
      }
      for call in automaton.calls[automaton.states[index].calls]
      where automaton.states[Int(call.target)].height != nil && automaton.states[Int(call.entry)].height != nil {
        calls.append(call)
      }
      automaton.states[index].edges = firstEdge..<edges.count
      automaton.states[index].calls = firstCall..<calls.count
    }
    automaton.edges = edges
    automaton.calls = calls
  }

  private static func markCalls(in automaton: inout PushdownAutomaton) {
    var sources = [[Int]](repeating: [], count: automaton.states.count)
    var pending: [Int] = []
    for (index, state) in automaton.states.enumerated() {
      for edge in automaton.edges[state.edges] { sources[Int(edge.target)].append(index) }
      for call in automaton.calls[state.calls] { sources[Int(call.target)].append(index) }
      if !state.calls.isEmpty { pending.append(index) }
    }
    while let state = pending.popLast() {
      guard !automaton.states[state].reachesCalls else { continue }
      automaton.states[state].reachesCalls = true
      pending += sources[state]
    }
  }
}
