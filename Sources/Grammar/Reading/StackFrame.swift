/// A state on the stack of a reader, and how much its rule may still count.
struct StackFrame: Hashable, Sendable {
  var state: Int32
  /// How many more there must be.
  var lower: Int32
  /// How many more there may be.
  var upper: Int32

  init(_ state: Int, lower: Int32 = 0, upper: Int32 = RuleCall.unlimited) {
    self.state = Int32(state)
    self.lower = lower
    self.upper = upper
  }

  /// The frame after an edge; nil where its bounds do not allow that.
  func after(_ edge: PushdownAutomaton.Edge) -> StackFrame? {
    var next = self
    next.state = edge.target
    switch edge.effect {
    case .none: break
    case .counts:
      guard upper > 0 else { return nil }
      next.lower = max(0, lower - 1)
      if upper != RuleCall.unlimited { next.upper = upper - 1 }
    case .closes:
      guard lower == 0 else { return nil }
    }
    return next
  }
}
