/// The tokens of the reference interpreter: what a model that executes programs rightly says.
public struct ReferenceDraft: TokenDraft {
  private var reference: ReferenceTokens

  /// A draft of a program's run, by the ids of a vocabulary.
  public init(of program: MachineProgram, vocabulary: MachineVocabulary) throws(VirtualMachineError) {
    reference = try ReferenceTokens(of: program, vocabulary: vocabulary)
  }

  /// The next token; nil behind the last, and where the program does something undefined.
  public mutating func next() -> Int32? {
    try? reference.next()
  }
}
