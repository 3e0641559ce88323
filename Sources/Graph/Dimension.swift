/// One number per token position: the unit that a computation graph is made of.
///
/// A dimension is a handle into the graph that made it; what it computes is `ComputationGraph.nodes[index]`.
public struct Dimension: Hashable, Comparable, Sendable {
  /// The place of the dimension in its graph's `nodes`. Later dimensions are computed from earlier ones.
  public let index: Int

  package init(index: Int) {
    self.index = index
  }

  public static func < (left: Dimension, right: Dimension) -> Bool {
    left.index < right.index
  }
}
