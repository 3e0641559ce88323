/// When a slot of the residual stream may be filled again after its dimension has been read for the last time.
public enum ReuseRule: String, Hashable, Sendable, CaseIterable {
  /// In the half-layer of the last reading, by writing new − old, where both are integers of modest size; the others wait
  /// one half-layer.
  case immediate
  /// One half-layer later: the half-layer of the last reading empties the slot. The published rule.
  case delayed
}
