import InstructionSet
import ModuleExecution
import Reference

/// The tokens that a program's run must consist of, behind its prompt: those of the reference interpreter, by their ids.
struct ReferenceTokens: Sendable {
  // One of the two is there. They are not cases of an enumeration, because taking one out to change it would copy its memory.
  private var base: BaseTokens?
  private var full: FullTokens?

  /// - Throws: ``VirtualMachineError`` when the vocabulary is another machine's.
  init(of program: MachineProgram, vocabulary: MachineVocabulary) throws(VirtualMachineError) {
    switch (program, vocabulary.tokens) {
    case (.base(let program), .base(let vocabulary)):
      base = BaseTokens(interpreter: ReferenceInterpreter(program), codes: TokenCodes(vocabulary))
    case (.full(let module), .full(let vocabulary)):
      let prologue = vocabulary.mode == .specialized ? FullPrologue(of: module.bare).tokens : []
      full = FullTokens(
        prologue: prologue[...], interpreter: FullReferenceInterpreter(module.program), vocabulary: vocabulary)
    case (.base, .full), (.full, .base):
      throw VirtualMachineError("the program and the model are of different profiles")
    }
  }

  /// The next token's id; nil behind the last and until the host has answered, −1 for a token that the vocabulary lacks.
  ///
  /// - Throws: an error that says why, where the program does something undefined.
  mutating func next() throws -> Int32? {
    if base != nil { return try base?.next() }
    return try full?.next()
  }

  /// Whether the host is to answer next.
  var awaitsHost: Bool {
    if case .host = full?.interpreter.pause { true } else { false }
  }

  /// Takes what the host has answered.
  ///
  /// - Throws: an error that says why, where that is no answer.
  mutating func read(_ ids: ArraySlice<UInt16>, _ vocabulary: MachineVocabulary) throws {
    try full?.interpreter.read(vocabulary.fullTokens(ids))
  }
}

/// Those of the base profile.
private struct BaseTokens: Sendable {
  var interpreter: ReferenceInterpreter
  let codes: TokenCodes

  mutating func next() throws -> Int32? {
    // The method itself would be a closure with a copy of the codes.
    guard let token = try interpreter.next() else { return nil }
    return codes.id(of: token)
  }
}

/// Those of the full profile.
private struct FullTokens: Sendable {
  /// What comes before the interpreter's tokens.
  var prologue: ArraySlice<FullToken>
  var interpreter: FullReferenceInterpreter
  let vocabulary: FullVocabulary

  mutating func next() throws -> Int32? {
    guard let token = try prologue.popFirst() ?? interpreter.next() else { return nil }
    return Int32(truncatingIfNeeded: vocabulary.id(of: token) ?? -1)
  }
}
