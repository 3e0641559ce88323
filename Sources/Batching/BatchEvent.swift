/// What became of a planned piece of work, or of a request.
package enum BatchEvent: Hashable, Sendable {
  /// The planned positions of a request are computed. Where the work was to choose a token, this is it; otherwise nil.
  case computed(RequestID, token: Int?)
  /// The planned positions are computed, and the text ends here: no further token is wanted.
  case finished(RequestID)
  /// Nobody waits for the request any more.
  case cancelled(RequestID)
}
