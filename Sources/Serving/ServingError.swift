/// Why a request that was taken ended without its text: a kind, and one line.
package struct ServingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sort of failure, for code that reacts to it.
  package enum Kind: Hashable, Sendable {
    /// It waited too long to be taken up.
    case timedOut
    /// The engine was closed before it ended.
    case closed
    /// It could not be computed, or no token be chosen.
    case failed
  }

  package let kind: Kind
  package let description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
