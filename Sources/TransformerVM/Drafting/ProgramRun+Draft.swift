import Engine

extension ProgramRun {
  /// Executes a program whose tokens a draft guesses and the model confirms. The tokens are those that the model says by itself.
  ///
  /// - Parameters:
  ///   - draft: what guesses, the reference interpreter unless told otherwise.
  ///   - host: what the program runs in.
  ///   - maximumTokens: how many tokens to generate at most.
  ///   - observe: called with each slice of new tokens; returns how many of them to keep. Generation ends where it keeps
  ///     fewer than it was given.
  /// - Throws: ``VirtualMachineError`` when the prompt holds a token that the executor's vocabulary lacks, when the executor
  ///   computes one token at a time only, or when the engine can read no more.
  public init(
    drafting program: MachineProgram, by draft: (any TokenDraft)? = nil, on executor: Executor,
    host: RunHost = RunHost(), maximumTokens: Int = .max,
    observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int = { ids, _ in ids.count }
  ) throws(VirtualMachineError) {
    let vocabulary = executor.vocabulary
    guard let engine = executor.makePredictor() as? any TokenPredictor & BlockEngine else {
      throw VirtualMachineError("drafts need an engine that computes many tokens at once, found \(executor.name)")
    }
    let guesses: any TokenDraft
    if let draft { guesses = draft } else { guesses = try ReferenceDraft(of: program, vocabulary: vocabulary) }
    try self.init(
      program.prompt(for: vocabulary), vocabulary: vocabulary,
      predictor: engine.drafted(by: guesses, stops: vocabulary.hasTraps ? vocabulary.stops : []),
      host: host, maximumTokens: maximumTokens, observe: observe)
  }
}

extension TokenPredictor where Self: BlockEngine {
  fileprivate func drafted(by draft: some TokenDraft, stops: [Bool]) -> any TokenPredictor {
    DraftingPredictor(self, draft: draft, stops: stops)
  }
}
