package import Batching
package import LanguageModel

/// What carries out the plans of a scheduler: a model and the memory of its pages.
package protocol StepComputer: Sendable {
  /// Tokens are numbers below this.
  var vocabularySize: Int { get }
  /// The most positions of one sequence.
  var longestSequence: Int { get }
  /// The tokens that end a text.
  var stopTokens: Set<Int> { get }

  /// Makes a plan's copies and computes its work, as one pass; called once at a time, and for each plan in turn.
  ///
  /// - Returns: the logits of the last position of each work that chooses a token, in the order of the work.
  /// - Throws: when nothing of the work counts as computed.
  func compute(_ plan: StepPlan) throws(LanguageModelError) -> [[Float]]
}
