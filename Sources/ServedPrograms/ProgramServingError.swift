/// Why a program cannot be served: a kind, and one line that says what was expected.
package struct ProgramServingError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The sort of failure, for code that reacts to it.
  package enum Kind: Hashable, Sendable {
    /// There is no program of that name.
    case unknownProgram
    /// What was sent is no WebAssembly module that can be executed.
    case invalidModule
    /// The program takes no such input.
    case input
    /// It is larger than is allowed, or than there is memory for.
    case tooLarge
    /// Too many requests wait.
    case overloaded
    /// It waited too long to begin.
    case timedOut
    /// No more requests are taken.
    case closed
    /// The engine could not go on.
    case failed
  }

  package let kind: Kind
  package let description: String

  package init(_ kind: Kind, _ description: String) {
    self.kind = kind
    self.description = description
  }
}
