public import InstructionSet
import Reference

/// The tokens of the reference interpreter: what a model that executes programs rightly says.
public struct ReferenceDraft: TokenDraft {
  private var interpreter: ReferenceInterpreter
  private let codes: TokenCodes

  /// A draft of a program's run, by the ids of a vocabulary.
  public init(of program: Program, vocabulary: Vocabulary) {
    interpreter = ReferenceInterpreter(program)
    codes = TokenCodes(vocabulary)
  }

  /// The next token; nil behind the last, and where the program does something undefined.
  public mutating func next() -> Int32? {
    guard let token = try? interpreter.next() else { return nil }
    return codes.id(of: token)
  }
}
