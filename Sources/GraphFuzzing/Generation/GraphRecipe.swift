package import Graph
import ProgramGenerator

/// What a random graph is made of: constructs that follow from a number, some of which may be left out.
///
/// A construct draws from a source of its own, and chooses what it reads so that leaving out another changes the choice only
/// where it fell on that one. So a graph can be made smaller construct by construct and mostly stays what it was.
package struct GraphRecipe: Hashable, Sendable {
  package let seed: UInt64
  /// The numbers of the constructs, ascending.
  package var constructs: [Int]

  package init(seed: UInt64, constructs: [Int]) {
    self.seed = seed
    self.constructs = constructs
  }

  /// As many constructs, from the first, as make so many operations at least.
  package init(seed: UInt64, operationCount: Int) {
    var growth = RandomGraphGrowth(seed: seed)
    var count = 0
    while growth.operationCount < operationCount {
      growth.grow(construct: count)
      count += 1
    }
    self.init(seed: seed, constructs: Array(0..<count))
  }

  /// As many operations, between the bounds, as the seed says.
  package init(seed: UInt64, operations: ClosedRange<Int>) {
    var random = RandomSource(seed: seed)
    self.init(seed: seed, operationCount: random.number(in: operations))
  }

  /// The graph that the constructs make.
  ///
  /// - Throws: `GraphError` when that is inconsistent, which no recipe leads to.
  package func graph() throws(GraphError) -> ComputationGraph {
    var growth = RandomGraphGrowth(seed: seed)
    for construct in constructs { growth.grow(construct: construct) }
    return try growth.finish()
  }
}
