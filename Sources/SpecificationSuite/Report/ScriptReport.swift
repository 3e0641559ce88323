/// What became of the commands of one script.
public struct ScriptReport: Hashable, Sendable {
  /// A command and what became of it.
  public struct Entry: Hashable, Sendable {
    /// The line of the `.wast` file.
    public let line: Int
    /// The command's name, such as `assert_return`.
    public let command: String
    public let outcome: CommandOutcome
  }

  /// The script's path, as it was given.
  public let file: String
  /// In the order of the script.
  public private(set) var entries: [Entry] = []
  /// The tokens of all traces that were written to judge the script: prompts, calls and what followed them.
  public internal(set) var tokenCount = 0

  init(file: String) { self.file = file }

  mutating func append(_ command: ScriptCommand, _ outcome: CommandOutcome) {
    entries.append(Entry(line: command.line, command: command.name, outcome: outcome))
  }

  public var passed: Int { entries.count { $0.outcome == .passed } }
  public var failed: Int { entries.count { if case .failed = $0.outcome { true } else { false } } }
  public var skipped: Int { entries.count { if case .skipped = $0.outcome { true } else { false } } }

  /// One line for each command that failed or was skipped: file, line, command, reason.
  public var lines: [String] {
    entries.compactMap { entry in
      switch entry.outcome {
      case .passed: nil
      case .failed(let reason): "\(file):\(entry.line): \(entry.command) failed: \(reason)"
      case .skipped(let reason): "\(file):\(entry.line): \(entry.command) skipped: \(reason)"
      }
    }
  }
}
