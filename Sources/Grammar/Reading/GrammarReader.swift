/// Where a text stands in a grammar: all stacks that what was read so far has led to.
struct GrammarReader: Sendable {
  let automaton: PushdownAutomaton
  /// Each from the bottom up; none is empty.
  private(set) var stacks: [[StackFrame]]

  init(_ automaton: PushdownAutomaton) {
    self.automaton = automaton
    stacks = [[StackFrame(automaton.start)]]
  }

  /// Whether the text may end here.
  var isComplete: Bool {
    stacks.contains { stack in stack.allSatisfy { automaton.states[Int($0.state)].isAccepting } }
  }

  /// Reads the bytes of a token.
  /// - Returns: whether the grammar allows them; if not, nothing is read.
  mutating func read(_ bytes: [UInt8]) -> Bool {
    var found: [[StackFrame]] = []
    var seen = Set<[StackFrame]>()
    for stack in stacks {
      for next in Self.stacks(after: bytes, from: stack, automaton) where found.count < StackExploration.stackLimit {
        if seen.insert(next).inserted { found.append(next) }
      }
    }
    guard !found.isEmpty else { return false }
    stacks = found
    return true
  }

  /// Frame by frame from the top: the places in `bytes` where a frame is left are those where the one below begins.
  private static func stacks(after bytes: [UInt8], from stack: [StackFrame], _ automaton: PushdownAutomaton)
    -> [[StackFrame]]
  {
    var found: [[StackFrame]] = []
    var starts = [0]
    for height in stride(from: stack.count, to: 0, by: -1) where !starts.isEmpty {
      var exploration = StackExploration(
        automaton, from: stack[height - 1], budget: StackExploration.budget(atHeight: height))
      var isExit = [Bool](repeating: false, count: bytes.count + 1)
      for start in starts {
        var (configuration, place) = (0, start)
        if exploration.exits(0) { isExit[start] = true }
        while place < bytes.count, configuration != StackExploration.dead {
          configuration = exploration.configuration(after: bytes[place], from: configuration)
          place += 1
          if configuration != StackExploration.dead, exploration.exits(configuration) { isExit[place] = true }
        }
        guard configuration != StackExploration.dead else { continue }
        found += exploration.stacks(of: configuration).map { stack[..<(height - 1)] + $0 }
      }
      starts = isExit.indices.filter { isExit[$0] && $0 < bytes.count }
    }
    return found
  }
}
