public import InstructionSet

/// What happens while a module is executed.
public enum ExecutionEvent: Sendable {
  /// The machine has written tokens.
  case tokens(ArraySlice<FullToken>)
  /// The host has appended tokens.
  case answer([FullToken])
  /// The program has printed bytes; their tokens have been shown before.
  case output([UInt8])
  /// The program has printed bytes where errors go.
  case errorOutput([UInt8])
  /// The program has shown values by one of the test suite's functions.
  case printed([WebAssemblyValue])
}
