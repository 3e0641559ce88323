/// What goes wrong in the residual stream when a layout is carried out step by step.
public struct StreamError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The kinds of mistake.
  public enum Kind: Hashable, Sendable {
    /// A dimension is in a slot that the stream does not have.
    case slotOutOfRange(dimension: String, slot: Int, width: Int)
    /// Two dimensions are in one slot at one boundary.
    case slotClash(first: String, second: String, slot: Int, boundary: Int)
    /// A dimension is not in the slot that is kept for it: a position, or where it was before.
    case slotMoved(dimension: String, expected: Int, found: Int, boundary: Int)
    /// A dimension is in the stream before it is computed, or again after it has left.
    case notComputed(dimension: String, boundary: Int)
    /// An operation reads what is not in the stream: it has been overwritten or erased, or was never stored.
    case readAfterWrite(reader: String, dimension: String, boundary: Int)
    /// A dimension that must stay to the end is not in the stream.
    case absentAtTheEnd(dimension: String)
    /// A slot is written although it still holds another dimension that is neither erased nor refilled.
    case writtenOver(new: String, old: String, boundary: Int)
    /// A slot is refilled in the half-layer of its last reading although it must be empty for one.
    case refilledTooSoon(new: String, old: String, boundary: Int)
    /// Something is erased or refilled that is not there.
    case nothingToErase(dimension: String, boundary: Int)
    /// Attention needs more half-heads than the stream is wide.
    case tooManyHeads(layer: Int, needed: Int, width: Int)
  }

  public let kind: Kind

  public init(_ kind: Kind) {
    self.kind = kind
  }

  public var description: String {
    switch kind {
    case .slotOutOfRange(let dimension, let slot, let width):
      "stream: '\(dimension)' is in slot \(slot); there are slots 0 to \(width - 1)"
    case .slotClash(let first, let second, let slot, let boundary):
      "stream: '\(first)' and '\(second)' are both in slot \(slot) at boundary \(boundary)"
    case .slotMoved(let dimension, let expected, let found, let boundary):
      "stream: '\(dimension)' is in slot \(found) at boundary \(boundary), not in slot \(expected)"
    case .notComputed(let dimension, let boundary):
      "stream: '\(dimension)' is live at boundary \(boundary) but neither was there nor is computed just before"
    case .readAfterWrite(let reader, let dimension, let boundary):
      "stream: '\(reader)' reads '\(dimension)', which is not in the stream at boundary \(boundary)"
    case .absentAtTheEnd(let dimension): "stream: '\(dimension)' must stay to the end and does not"
    case .writtenOver(let new, let old, let boundary):
      "stream: '\(new)' is written over '\(old)' before boundary \(boundary) without erasing or refilling"
    case .refilledTooSoon(let new, let old, let boundary):
      "stream: '\(new)' refills the slot of '\(old)' before boundary \(boundary); the slot must be empty first"
    case .nothingToErase(let dimension, let boundary):
      "stream: '\(dimension)' is erased or replaced before boundary \(boundary) but stays or is not there"
    case .tooManyHeads(let layer, let needed, let width):
      "stream: attention of layer \(layer) needs \(needed) half-heads; d_model is \(width)"
    }
  }
}

extension StreamError.Kind {
  /// The boundary at which the mistake shows, when it shows at one.
  var boundary: Int? {
    switch self {
    case .slotOutOfRange, .absentAtTheEnd: nil
    case .slotClash(_, _, _, let boundary), .slotMoved(_, _, _, let boundary), .notComputed(_, let boundary),
      .readAfterWrite(_, _, let boundary), .writtenOver(_, _, let boundary), .refilledTooSoon(_, _, let boundary),
      .nothingToErase(_, let boundary):
      boundary
    case .tooManyHeads(let layer, _, _): 2 * layer + 1
    }
  }
}
