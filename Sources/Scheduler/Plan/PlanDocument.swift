/// The contents of a `plan.yaml`, by name: what is written, and what has been read before anything is believed.
struct PlanDocument {
  /// The stream at one boundary.
  struct Boundary {
    var dependencyWidth: Located<Int>
    var linearWidth: Located<Int>
    /// Name and slot of each live dimension.
    var live: [Slot]
  }

  /// A dimension in a slot.
  struct Slot: Hashable {
    let name: Located<String>
    let slot: Located<Int>
  }

  /// A slot that changes hands.
  struct Refill: Hashable {
    let new: Located<String>
    let old: Located<String>
  }

  /// One half of a layer.
  struct Half {
    /// Lookups, or ReGLUs.
    var first: [Located<String>]
    var tables: [Located<String>]
    var persists: [Located<String>]
    var erased: [Located<String>]
    var refilled: [Refill]
    /// Heads or neurons.
    var used: Located<Int>
    var boundary: Boundary
  }

  var modelWidth: Located<Int>
  var layerCount: Located<Int>
  var headCount: Located<Int>
  var feedForwardWidth: Located<Int>
  var reuse: Located<ReuseRule>
  var solver: Located<String>
  var status: Located<PlanStatus>
  var embedding: Boundary
  /// Attention and feed-forward half of each layer in turn.
  var halves: [Half]
}
