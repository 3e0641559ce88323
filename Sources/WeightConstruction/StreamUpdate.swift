import Graph
import Scheduler

/// What a half-layer adds to one slot.
///
/// A dimension that is computed here and enters an empty slot is added as it is; a slot that is emptied has its old
/// dimension subtracted; one that changes hands gets new − old.
struct StreamUpdate {
  let slot: Int
  /// Over what the half-layer itself computes and what passes through it.
  private(set) var change = Expression.zero
  /// An old dimension that must be subtracted through a column of its own, since `change` multiplies it by a number so
  /// large that one less of it would be the same.
  private(set) var separate: Dimension?

  /// The updates of one half-layer, in ascending order of their slots.
  static func updates(of half: Int, in stream: ResidualStream) -> [StreamUpdate] {
    var updates: [Int: StreamUpdate] = [:]
    let work = stream.layout.halves[half]
    for operation in work.operations {
      for output in stream.graph.operations[operation].outputs {
        guard let slot = stream.layout.residences[output.index]?.slot else { continue }
        updates[slot, default: StreamUpdate(slot: slot)].change += stream.graph.definingExpression(of: output)
      }
    }
    for old in work.erased + work.refilled.map(\.old) {
      guard let slot = stream.layout.residences[old.index]?.slot else { continue }
      updates[slot, default: StreamUpdate(slot: slot)].subtract(old)
    }
    return updates.values.sorted { $0.slot < $1.slot }
  }

  private init(slot: Int) {
    self.slot = slot
  }

  private mutating func subtract(_ old: Dimension) {
    if change.terms.contains(where: { $0.dimension == old && $0.isLarge }) {
      separate = old
    } else {
      change -= Expression(old)
    }
  }
}

extension ComputationGraph {
  /// What an output projection adds up to make a dimension: a persist's expression, otherwise the dimension itself.
  fileprivate func definingExpression(of dimension: Dimension) -> Expression {
    if case .persist(let expression) = nodes[dimension.index].definition { return expression }
    return Expression(dimension)
  }
}
