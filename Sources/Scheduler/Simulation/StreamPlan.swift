package import Graph

/// What someone claims about the residual stream of a schedule: the dimensions in their slots at each boundary, and the
/// slots that are erased and refilled in each half-layer.
package struct StreamPlan: Sendable {
  /// The slot of each live dimension, in the order in which they are listed.
  package var live: [[(dimension: Dimension, slot: Int)]]  // [boundaries]
  package var erased: [[Dimension]]  // [half-layers]
  package var refilled: [[(old: Dimension, new: Dimension)]]  // [half-layers]

  package init(
    live: [[(dimension: Dimension, slot: Int)]], erased: [[Dimension]],
    refilled: [[(old: Dimension, new: Dimension)]]
  ) {
    self.live = live
    self.erased = erased
    self.refilled = refilled
  }

  /// What a layout says.
  package init(_ layout: Layout) {
    live = layout.live.map { dimensions in
      dimensions.compactMap { dimension in layout.residences[dimension.index].map { (dimension, $0.slot) } }
    }
    erased = layout.halves.map(\.erased)
    refilled = layout.halves.map { $0.refilled.map { ($0.old, $0.new) } }
  }
}
