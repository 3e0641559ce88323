public import Transformer

/// How the plan treats a head, by what the weights prove about it.
public enum HeadUse: String, Hashable, Sendable, CaseIterable {
  /// Nothing reads its output: it is dropped.
  case unused
  /// It returns the values of its own position: no search.
  case passthrough
  /// It returns the values of the position that its query names: they are read there.
  case gather
  /// Every key is 0 or 1 in one coordinate and 0 in the other, and ties are averaged: a sum and a count.
  case runningMean = "running mean"
  /// Its keys differ in one coordinate only: the greatest and the smallest are remembered, such as the latest that is not hidden.
  case line
  /// Its keys are a parabola over one register: they are found by number as long as that register is an integer, and by the
  /// convex hull from the first key or query on that shows otherwise.
  case integerKey = "integer key"
  /// Any other keys: it searches their convex hull. As long as the keys happen to be integers on a parabola, that is by number, too.
  case hull
}

extension TransformerModel {
  /// How the plan treats each head of each layer.
  public func headUses() -> [[HeadUse]] {
    ModelLowering(self).headUses
  }
}
