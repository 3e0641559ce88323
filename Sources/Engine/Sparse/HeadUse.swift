public import Transformer

/// How the sparse engine treats a head, by what the weights prove about it.
public enum HeadUse: String, Hashable, Sendable, CaseIterable {
  /// Nothing reads its output.
  case unused
  /// It returns the values of its own position.
  case passthrough
  /// It returns the values of the position that its query names.
  case gather
  /// Its keys differ in one coordinate only: running means, and the latest of the keys that are not hidden.
  case line
  /// Any other keys: it searches their convex hull.
  case hull

  init(_ kind: HeadKind) {
    switch kind {
    case .gather: self = .gather
    case .line: self = .line
    case .hull: self = .hull
    }
  }
}

extension TransformerModel {
  /// How the sparse engine treats each head of each layer.
  public func headUses() -> [[HeadUse]] {
    ModelLowering(self).headUses
  }
}
