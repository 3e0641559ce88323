/// What a head returns when several keys share the greatest score.
public enum TieRule: Sendable, Hashable, CaseIterable {
  /// The value inserted last among the tied keys.
  case latest
  /// The arithmetic mean of the values of all tied keys.
  case average
}
