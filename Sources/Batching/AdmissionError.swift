/// Why a request is turned away: a kind, and one line that says what was expected.
package struct AdmissionError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sort of refusal, for code that reacts to it.
  package enum Kind: Hashable, Sendable {
    /// A value of the request is outside its range.
    case argument
    /// The prompt is longer than the pages or the model's context have room for.
    case promptTooLong
    /// Too many requests wait; a later try may succeed.
    case queueFull
    /// Too many requests of this client wait; a later try may succeed.
    case clientQueueFull
    /// No more requests are taken.
    case closed
  }

  package let kind: Kind
  package let description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
