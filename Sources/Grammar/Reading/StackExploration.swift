/// What can be read from one frame on, whatever lies below it.
///
/// It follows all stacks at once that grow upon the frame, as one *configuration*, and remembers which configuration
/// follows another by which byte. Where the frame's own rule ends, the configuration *exits*: the frame below goes on.
struct StackExploration {
  /// The most stacks of a configuration; what is beyond is not followed.
  static let stackLimit = 512
  /// The most frames on a stack.
  static let depthLimit = 192
  /// The most frames that one exploration stacks, the first included; more than any document needs.
  static let budgetLimit = StackHeights.limit + 32

  /// No configuration: the byte cannot come.
  static let dead = -1
  private static let unknown: Int32 = -2

  private struct Node: Hashable {
    var frame: StackFrame
    /// The node below, or −1 for what lies below the first frame.
    var parent: Int32
  }

  private struct Configuration: Hashable {
    /// The nodes that the last byte led to.
    var reached: [Int32]
  }

  private let automaton: PushdownAutomaton
  private let budget: Int
  private var nodes: [Node] = []
  private var depths: [Int] = []
  private var nodeNumbers: [Node: Int32] = [:]
  private var numbers: [Configuration: Int] = [:]
  private var configurations: [Configuration] = []
  /// The nodes from which bytes can be read, and whether the first frame's rule has ended.
  private var settled: [(tops: [Int32], exits: Bool)] = []
  private var transitions: [Int32] = []

  /// - Parameter budget: how many frames there may be, the first included.
  init(_ automaton: PushdownAutomaton, from frame: StackFrame, budget: Int) {
    self.automaton = automaton
    self.budget = budget
    let first = number(of: Node(frame: frame, parent: -1), depth: 1)
    _ = number(of: Configuration(reached: [first]))
  }

  /// How many frames an exploration may stack whose first frame is the `height`th of its stack.
  static func budget(atHeight height: Int) -> Int { min(depthLimit - (height - 1), budgetLimit) }

  /// Whether the first frame's rule can end in a configuration.
  func exits(_ configuration: Int) -> Bool { settled[configuration].exits }

  /// The configuration after a byte, or `dead`; number 0 is the first.
  mutating func configuration(after byte: UInt8, from configuration: Int) -> Int {
    let place = configuration << 8 | Int(byte)
    if transitions[place] != Self.unknown { return Int(transitions[place]) }
    var reached: [Int32] = []
    for top in settled[configuration].tops {
      let node = nodes[Int(top)]
      guard let edge = automaton.edge(byte, from: Int(node.frame.state)), let next = node.frame.after(edge),
        fits(edge.target, at: depths[Int(top)])
      else { continue }
      let number = number(of: Node(frame: next, parent: node.parent), depth: depths[Int(top)])
      if reached.count < Self.stackLimit, !reached.contains(number) { reached.append(number) }
    }
    let target = reached.isEmpty ? Self.dead : number(of: Configuration(reached: reached))
    transitions[place] = Int32(target)
    return target
  }

  /// The stacks of a configuration, each from the first frame's place upwards.
  func stacks(of configuration: Int) -> [[StackFrame]] {
    configurations[configuration].reached.map { top in
      var frames: [StackFrame] = []
      var current = top
      while current >= 0 {
        frames.append(nodes[Int(current)].frame)
        current = nodes[Int(current)].parent
      }
      return frames.reversed()
    }
  }

  private func fits(_ state: Int32, at depth: Int) -> Bool {
    automaton.states[Int(state)].height.map { depth + $0 <= budget } ?? false
  }

  private mutating func number(of node: Node, depth: Int) -> Int32 {
    if let known = nodeNumbers[node] { return known }
    let number = Int32(nodes.count)
    nodes.append(node)
    depths.append(depth)
    nodeNumbers[node] = number
    return number
  }

  private mutating func number(of configuration: Configuration) -> Int {
    if let known = numbers[configuration] { return known }
    let number = configurations.count
    numbers[configuration] = number
    configurations.append(configuration)
    settled.append(settle(configuration.reached))
    transitions.append(contentsOf: repeatElement(Self.unknown, count: 256))
    return number
  }

  /// Follows calls, and returns from rules that have ended.
  private mutating func settle(_ reached: [Int32]) -> (tops: [Int32], exits: Bool) {
    var tops: [Int32] = []
    var exits = false
    var seen = Set<Int32>()
    var pending = reached
    while let current = pending.popLast() {
      guard seen.insert(current).inserted else { continue }
      let (node, depth) = (nodes[Int(current)], depths[Int(current)])
      let state = automaton.states[Int(node.frame.state)]
      if !state.edges.isEmpty, tops.count < Self.stackLimit { tops.append(current) }
      if state.isAccepting {
        if node.parent < 0 { exits = true } else { pending.append(node.parent) }
      }
      for call in automaton.calls[state.calls] {
        if let entered = enter(call, from: node, at: depth) { pending.append(entered) }
      }
    }
    return (tops, exits)
  }

  /// The node in which a call begins; nil where the stack would become too deep.
  private mutating func enter(_ call: PushdownAutomaton.CallEdge, from node: Node, at depth: Int) -> Int32? {
    let frame = StackFrame(Int(call.entry), lower: call.lower, upper: call.upper)
    guard fits(call.target, at: depth) else { return nil }
    if automaton.states[Int(call.target)].isLast {
      return fits(call.entry, at: depth) ? number(of: Node(frame: frame, parent: node.parent), depth: depth) : nil
    }
    guard fits(call.entry, at: depth + 1) else { return nil }
    var returning = node.frame
    returning.state = call.target
    let parent = number(of: Node(frame: returning, parent: node.parent), depth: depth)
    return number(of: Node(frame: frame, parent: parent), depth: depth + 1)
  }
}
