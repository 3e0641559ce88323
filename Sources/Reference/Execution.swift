public import InstructionSet

/// A program's whole run.
public struct Execution: Hashable, Sendable {
  /// The tokens after the prompt, up to a trap or the limit where there was one.
  public let tokens: [Token]
  /// The bytes that the program printed.
  public let output: [UInt8]
  /// Instructions begun, without `input_base` and with `halt`.
  public let instructionCount: Int
  public let ending: ReferenceInterpreter.Ending

  /// Runs a program until it halts or traps, or for as many tokens as are asked for.
  public init(of program: Program, maximumTokens: Int) {
    var interpreter = ReferenceInterpreter(program, maximumTokens: maximumTokens)
    var tokens: [Token] = []
    var trap: ExecutionTrap?
    do {
      while let token = try interpreter.next() { tokens.append(token) }
    } catch {
      trap = error
    }
    self.tokens = tokens
    output = interpreter.output
    instructionCount = interpreter.instructionCount
    ending = trap.map { .trapped($0) } ?? interpreter.ending ?? .tokenLimit
  }
}
