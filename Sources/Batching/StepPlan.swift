package import PagedCache

/// What is to be done next: first the copies, then all the work, as one pass through the model.
package struct StepPlan: Hashable, Sendable {
  /// Some positions of one request.
  package struct Work: Hashable, Sendable {
    package var request: RequestID
    /// The positions to compute.
    package var range: Range<Int>
    /// Their tokens.
    package var tokens: [Int]
    /// The pages of all positions up to the last; more, where a step that was planned before was not computed.
    package var pages: [PageID]
    /// Whether these are the last positions that are known, so that their logits choose the next token.
    package var choosesToken: Bool
  }

  /// That a request was taken up.
  package struct Admission: Hashable, Sendable {
    package var request: RequestID
    /// Tokens of it that need not be computed.
    package var cachedTokens: Int

    package init(request: RequestID, cachedTokens: Int) {
      self.request = request
      self.cachedTokens = cachedTokens
    }
  }

  /// That a request has ended without the model's doing.
  package struct Ending: Hashable, Sendable {
    package enum Reason: String, Hashable, Sendable {
      /// It has its most tokens, or as many as there is room for.
      case length
      /// It waited too long.
      case timedOut
    }

    package var request: RequestID
    package var reason: Reason

    package init(request: RequestID, reason: Reason) {
      self.request = request
      self.reason = reason
    }
  }

  /// Pages to copy; each copy is of computed tokens.
  package var copies: [PageCopy] = []
  /// What to compute, no request twice.
  package var work: [Work] = []
  /// Requests that begin with this step, or begin again.
  package var admitted: [Admission] = []
  /// Requests whose pages were taken away; they wait to be computed again.
  package var preempted: [RequestID] = []
  /// Requests that have ended.
  package var ended: [Ending] = []

  package init() {}

  /// The tokens to compute.
  package var tokenCount: Int { work.reduce(0) { $0 + $1.range.count } }
}
