package import InstructionSet

/// How a program that was served has ended.
package enum ProgramEnding: Hashable, Sendable {
  /// By returning from its entry.
  case halted
  /// With a code of its own.
  case exited(code: UInt32)
  /// By a trap.
  case trapped(Trap)
  /// Not by itself: as many tokens were generated as were allowed, or as there is memory for.
  case limit

  /// The code that a process would end with: 0 for a program that returned; nil for one that did not end itself.
  package var exitCode: UInt32? {
    switch self {
    case .halted: 0
    case .exited(let code): code
    case .trapped, .limit: nil
    }
  }

  /// The trap in the specification's words; nil where there was none.
  package var trap: String? {
    if case .trapped(let trap) = self { trap.message } else { nil }
  }
}
