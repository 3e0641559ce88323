public import InstructionSet

/// How something that a module was asked for has ended.
public enum ExecutionOutcome: Hashable, Sendable {
  /// With these results.
  case returned([WebAssemblyValue])
  case trapped(Trap)
  /// By `proc_exit`, or by what a program's `main` returned.
  case exited(code: UInt32)
  /// Not yet: as many tokens were written as were allowed. It can be resumed.
  case stoppedAtLimit
}
