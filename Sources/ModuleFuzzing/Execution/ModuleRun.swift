import InstructionSet
import ModuleExecution
import ProgramCompiler

/// What a module did on a machine: instantiated, then called.
struct ModuleRun {
  /// How the instantiation ended, then each call, up to the first that made others pointless.
  private(set) var outcomes: [ExecutionOutcome] = []
  /// The tokens behind the prompt, if they were to be kept.
  private(set) var tokens: [FullToken] = []
  private(set) var tokenCount = 0
  /// What kept the machine from going on.
  private(set) var failure: String?

  /// - Parameters:
  ///   - limit: how many tokens the whole may take.
  ///   - keepsTokens: whether to remember what was written.
  init(
    _ calls: [ModuleCase.Call], of module: FullCompiledModule, on machine: any TraceMachine, limit: Int,
    keepsTokens: Bool
  ) {
    var instance = ModuleInstance(module, on: machine)
    var tokens: [FullToken] = []
    func note(_ event: ExecutionEvent) {
      guard keepsTokens else { return }
      switch event {
      case .tokens(let slice): tokens += slice
      case .answer(let answer): tokens += answer
      case .output, .errorOutput, .printed: break
      }
    }
    do {
      outcomes.append(try instance.instantiate(limit: limit, note))
      for call in calls {
        // There is no instance to be called when its start function has trapped.
        guard let last = outcomes.last, last.mayBeFollowed, outcomes.count > 1 || last.hasReturned else { break }
        outcomes.append(try instance.call(call.name, call.arguments, limit: max(1, limit - instance.tokenCount), note))
      }
    } catch {
      failure = "\(error)"
    }
    self.tokens = tokens
    tokenCount = instance.tokenCount
  }
}

extension ExecutionOutcome {
  var hasReturned: Bool {
    if case .returned = self { true } else { false }
  }

  /// Whether what comes next is determined: an exhausted stack and a limit are matters of the machine.
  var mayBeFollowed: Bool {
    switch self {
    case .returned: true
    case .trapped(let trap): trap != .callStackExhausted
    case .exited, .stoppedAtLimit: false
    }
  }

  /// One line.
  var text: String {
    switch self {
    case .returned(let values): values.isEmpty ? "no results" : values.map(\.text).joined(separator: " ")
    case .trapped(let trap): "trap: \(trap.message)"
    case .exited(let code): "exit \(code)"
    case .stoppedAtLimit: "no end within the limit"
    }
  }
}
