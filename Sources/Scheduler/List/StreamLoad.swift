import Graph

/// How much of the stream each boundary and each half-layer takes, kept up to date while operations move.
struct StreamLoad {
  private let takers: [Taker]  // [dimensions]
  private let weights: [Int]  // [operations]
  private let halfCount: Int
  private(set) var occupied: [Int]  // [boundaries]
  /// The number of slots taken, summed over the boundaries.
  private(set) var area = 0
  /// The dimensions that pass through heads or neurons.
  private var carried: [Int]  // [half-layers]
  /// Those of them that only die there, and could as well do so one half-layer later.
  private var dying: [Int]  // [half-layers]
  /// Two for each lookup, one for each neuron.
  private var computed: [Int]  // [half-layers]
  /// When each half-layer was last counted as one that forwards a dimension.
  private var lastForwarding: [Int]  // [half-layers]
  private var forwardingCount = 0

  /// What decides how long a dimension takes a slot.
  private struct Taker {
    /// −1 for an input.
    let producer: Int
    /// Empty where the dimension stays to the end whoever reads it.
    let readers: [Int]
    let persists: [Int]
    let staysToTheEnd: Bool
    /// The boundaries before the birth and after the death that count as occupied.
    let reserve: Int
    let delay: Int
  }

  init(_ dependencies: Dependencies, halfCount: Int, halves: [Int]) {
    self.halfCount = halfCount
    takers = dependencies.graph.nodes.indices.map { index in
      let readers = dependencies.readers[index]
      let stays = dependencies.staysToTheEnd[index]
      return Taker(
        producer: dependencies.producers[index] ?? -1, readers: stays ? [] : readers,
        persists: readers.filter { dependencies.operations[$0].kind == .persist }, staysToTheEnd: stays,
        reserve: dependencies.needsEmptySlot[index] && dependencies.producers[index] != nil ? 1 : 0,
        delay: dependencies.mustBeErased[index] ? 1 : 0)
    }
    weights = dependencies.operations.indices.map {
      dependencies.operations[$0].kind.isLookup ? 2 : dependencies.neuronCount(of: $0)
    }
    occupied = [Int](repeating: 0, count: halfCount + 1)
    carried = [Int](repeating: 0, count: halfCount)
    dying = carried
    computed = carried
    lastForwarding = carried
    for operation in halves.indices { addOperation(operation, halves: halves, sign: 1) }
    for dimension in takers.indices { addDimension(dimension, halves: halves, sign: 1) }
  }

  /// Adds an operation's heads or neurons at its place, or takes them away with sign −1.
  mutating func addOperation(_ operation: Int, halves: [Int], sign: Int) {
    computed[halves[operation]] += sign * weights[operation]
  }

  /// Adds what a dimension takes with its producer and readers at their places, or takes it away with sign −1.
  mutating func addDimension(_ index: Int, halves: [Int], sign: Int) {
    let taker = takers[index]
    let born = taker.producer < 0 ? -1 : halves[taker.producer]
    var last = -1
    for reader in taker.readers where halves[reader] != born { last = max(last, halves[reader]) }
    guard taker.staysToTheEnd || last >= 0 else { return }
    let end = taker.staysToTheEnd ? halfCount : min(last + taker.delay, halfCount)
    let start = born + 1 - taker.reserve
    for boundary in start...end { occupied[boundary] += sign }
    area += sign * (end + 1 - start)
    forwardingCount += 1
    for reader in taker.persists where halves[reader] != born && lastForwarding[halves[reader]] != forwardingCount {
      lastForwarding[halves[reader]] = forwardingCount
      carried[halves[reader]] += sign
    }
    if !taker.staysToTheEnd, lastForwarding[last] != forwardingCount {
      carried[last] += sign
      dying[last] += sign
    }
  }

  /// How far the load is beyond a width: the squares of all excesses, 0 exactly when everything fits.
  func excess(width: Int, largestFeedForward: Int?) -> Int {
    var excess = 0
    for boundary in 0...halfCount {
      var postponed = 0
      if boundary % 2 == 1 {
        let needed = computed[boundary - 1] + carried[boundary - 1]
        postponed = min(max(0, needed - width), dying[boundary - 1])
        excess += Self.square(needed - postponed - width)
      } else if boundary > 0, let largestFeedForward {
        excess += Self.square(computed[boundary - 1] + carried[boundary - 1] - largestFeedForward)
      }
      excess += Self.square(occupied[boundary] + postponed - width)
    }
    return excess
  }

  private static func square(_ excess: Int) -> Int {
    excess > 0 ? excess * excess : 0
  }
}
