import InstructionSet
import Reference

/// The tokens that a program's run must consist of, behind its prompt: those of the reference interpreter, by their ids.
struct ReferenceTokens: Sendable {
  private var interpreter: ReferenceInterpreter
  private let codes: TokenCodes

  /// - Parameter maximumTokens: how many there are to be at most.
  init(
    of program: MachineProgram, vocabulary: MachineVocabulary, maximumTokens: Int = .max
  ) {
    switch (program, vocabulary.tokens) {
    case (.base(let program), .base(let vocabulary)):
      interpreter = ReferenceInterpreter(program, maximumTokens: maximumTokens)
      codes = TokenCodes(vocabulary)
    }
  }

  /// The next token's id; nil behind the last, −1 for a token that the vocabulary lacks.
  ///
  /// - Throws: `ExecutionTrap` where the program does something undefined.
  mutating func next() throws(ExecutionTrap) -> Int32? {
    try interpreter.next().map(codes.id)
  }
}
