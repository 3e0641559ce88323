/// What making one grammar may cost, in states and edges that are looked at.
struct WorkBudget: Sendable {
  /// About a second's work.
  private var left = 4_000_000

  /// - Throws: when there is not so much left.
  mutating func spend(_ amount: Int) throws(GrammarError) {
    left -= amount
    guard left >= 0 else { throw Determinization.tooLarge }
  }
}
