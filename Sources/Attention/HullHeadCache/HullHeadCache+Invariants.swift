extension HullHeadCache {
  /// The first broken invariant of the structure, in words; nil when it is sound. For tests: it looks at everything.
  package func invariantViolation() -> String? {
    if let violation = upper.invariantViolation() { return "upper hull: \(violation)" }
    if let violation = lower.invariantViolation() { return "lower hull: \(violation)" }
    if (count == 0) != (upper.tree.count == 0) || (count == 0) != (lower.tree.count == 0) {
      return "\(count) keys, \(upper.tree.count) upper and \(lower.tree.count) lower vertices"
    }
    return nil
  }
}
