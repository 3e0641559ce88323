/// What making one grammar may cost, in states and edges that are looked at.
struct WorkBudget: Sendable {
  /// A fraction of a second's work: twice what 32 members of the most intricate formats take.
  private var left = 2_000_000

  /// - Throws: when there is not so much left.
  mutating func spend(_ amount: Int) throws(GrammarError) {
    left -= amount
    guard left >= 0 else { throw Determinization.tooLarge }
  }
}
