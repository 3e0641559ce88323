/// Something that guesses a run's tokens, the first one behind the prompt first.
///
/// Whatever it guesses, a run's tokens are the model's; a good guess makes them come sooner.
public protocol TokenDraft: Sendable {
  /// The id of the next token; nil when there are no more guesses. An id that no token has is a wrong guess.
  mutating func next() -> Int32?
}
