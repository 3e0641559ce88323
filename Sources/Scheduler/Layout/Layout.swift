public import Graph

/// What a schedule means for the residual stream: which slot holds which dimension from when to when.
///
/// Half-layers are counted from 0, attention before feed-forward: half-layer 2·L is the attention half of layer L, 2·L + 1
/// its feed-forward half. Boundary b is the residual stream before half-layer b, so boundary 0 is the embedding and the
/// last, `schedule.halfCount`, is what the output head reads. Half-layer h reads boundary h and makes boundary h + 1.
public struct Layout: Hashable, Sendable {
  public let schedule: Schedule
  /// Where each dimension lives, by its index in `ComputationGraph.nodes`; nil for a dimension without a slot: one that
  /// is read only by the persists of its own half-layer, or by nothing.
  public let residences: [Residence?]
  /// The half-layers in order.
  public let halves: [HalfLayer]
  /// The dimensions that are in the stream at each boundary, in ascending order of their slots.
  public let live: [[Dimension]]  // [boundaries]
  /// The number of slots that each boundary takes up: those of its live dimensions and those that must stay empty
  /// between two occupants.
  public let occupancy: [Int]  // [boundaries]

  /// The widest half-layer's number of attention heads in use.
  public var largestHeadCount: Int { halves.map(\.headCount).max() ?? 0 }

  /// The feed-forward width: the number of neurons of the layer that has most.
  public var feedForwardWidth: Int { halves.map(\.neuronCount).max() ?? 0 }
}

/// The slot of one dimension, and when it is there.
public struct Residence: Hashable, Sendable {
  /// From 0 to d_model − 1.
  public let slot: Int
  /// The first boundary at which the slot holds the dimension: 0 for inputs, h + 1 for what half-layer h computes.
  public let birth: Int
  /// The half-layer that reads the dimension last or, when attention has no half-head to spare there, the next one; nil
  /// when the dimension stays to the end. The last boundary that holds the dimension has the same number.
  public let death: Int?
}

/// One half of a layer: what it computes, forwards, erases and refills.
public struct HalfLayer: Hashable, Sendable {
  /// A slot that goes from one dimension to the next within this half-layer, by adding new − old.
  public struct Refill: Hashable, Sendable {
    public let slot: Int
    public let old: Dimension
    public let new: Dimension
  }

  /// The operations of this half-layer, as ascending indices into `ComputationGraph.operations`.
  public let operations: [Int]
  /// The dimensions that this half-layer's persists read from the stream, not from its own lookups or neurons, in
  /// ascending order of their slots.
  public let forwarded: [Dimension]
  /// The dimensions whose slot is set to 0 here, in ascending order of their slots.
  public let erased: [Dimension]
  /// The slots that change hands here, in ascending order.
  public let refilled: [Refill]
  /// The dimensions that a passthrough must carry through this half-layer's heads or neurons: forwarded, erased and the
  /// old ones of refilled, each once, in ascending order of their slots.
  public let carried: [Dimension]
  /// The number of lookups.
  public let lookupCount: Int
  /// The attention heads in use: one for each lookup and one for each two carried values; 0 in a feed-forward half.
  public let headCount: Int
  /// The neurons in use: one for each ReGLU, table row with a change of slope, and carried value; 0 in an attention half.
  public let neuronCount: Int
}
