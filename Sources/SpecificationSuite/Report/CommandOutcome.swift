/// What became of a command.
public enum CommandOutcome: Hashable, Sendable {
  case passed
  /// What was expected and what was found.
  case failed(String)
  /// Why it could not be judged.
  case skipped(String)
}
