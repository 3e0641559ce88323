package import Graph

/// Where an operation runs.
public struct Placement: Hashable, Sendable, Comparable {
  /// Counted from 0.
  public let layer: Int
  public let phase: Phase

  public init(layer: Int, phase: Phase) {
    self.layer = layer
    self.phase = phase
  }

  /// The place of an operation of some kind in a half-layer, which is one that can run it.
  package init(half: Int, kind: Operation.Kind) {
    let isAttention = half % 2 == 0
    layer = half / 2
    switch kind {
    case .lookup, .reglu, .table: phase = isAttention ? .attention : .feedForward
    case .persist: phase = isAttention ? .persist1 : .persist2
    }
  }

  /// The phase counted from the first phase of the first layer: 4 · layer + phase.
  public var time: Int { 4 * layer + phase.rawValue }

  /// The half-layer: 2 · layer for attention and its persists, 2 · layer + 1 for the feed-forward half.
  public var half: Int { 2 * layer + phase.rawValue / 2 }

  public static func < (left: Placement, right: Placement) -> Bool {
    (left.layer, left.phase) < (right.layer, right.phase)
  }
}
