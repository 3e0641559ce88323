public import InstructionSet

/// One program executed by a transformer, with its tokens.
public struct ProgramRun: Sendable {
  /// The ids of the generated tokens, with `halt` where the machine halted.
  public private(set) var generated: [UInt16] = []
  public let prompt: [Token]
  public let vocabulary: Vocabulary
  /// What predicted the tokens: an engine's name, or the graph's.
  public private(set) var engine = ""
  /// One line about what kept a faster engine from running; nil when nothing did.
  public private(set) var warning: String?
  /// What prompt and generation took, observers not included.
  public private(set) var seconds = 0.0

  /// How many tokens are generated between two calls of the observer.
  private static let sliceLength = 16_384

  /// Executes a prompt until the machine halts.
  ///
  /// - Parameters:
  ///   - maximumTokens: how many tokens to generate at most.
  ///   - observe: called with each slice of new tokens; returns how many of them to keep. Generation ends where it keeps
  ///     fewer than it was given.
  /// - Throws: ``VirtualMachineError`` when the prompt holds a token that the executor's vocabulary lacks, or when the engine
  ///   can read no more.
  public init(
    _ prompt: [Token], on executor: Executor, maximumTokens: Int = .max,
    observe: (ArraySlice<UInt16>, Vocabulary) -> Int = { ids, _ in ids.count }
  ) throws(VirtualMachineError) {
    try self.init(
      prompt, vocabulary: executor.vocabulary, predictor: executor.makePredictor(), maximumTokens: maximumTokens,
      observe: observe)
  }

  /// Carries a run on.
  ///
  /// - Parameters:
  ///   - generated: the ids of tokens that were generated before; the observer is not told of them.
  ///   - readCount: how many tokens, of the prompt and then of those generated before, the predictor has read; not all of them.
  package init(
    _ prompt: [Token], generated: [UInt16] = [], vocabulary: Vocabulary, predictor: any TokenPredictor,
    readCount: Int = 0, maximumTokens: Int = .max, observe: (ArraySlice<UInt16>, Vocabulary) -> Int
  ) throws(VirtualMachineError) {
    self.prompt = prompt
    self.vocabulary = vocabulary
    self.generated = generated
    var ids: [Int] = []
    for token in prompt {
      guard let id = vocabulary.id(of: token) else {
        throw VirtualMachineError("the model has no token '\(token.text)'")
      }
      ids.append(id)
    }
    do {
      let known = ids + generated.map(Int.init)
      try generate(predictor, known: Array(known[readCount...]), maximumTokens: maximumTokens, observe: observe)
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }

  private mutating func generate<Predictor: TokenPredictor>(
    _ predictor: Predictor, known: [Int], maximumTokens: Int,
    observe: (ArraySlice<UInt16>, Vocabulary) -> Int
  ) throws {
    var predictor = predictor
    defer { (engine, warning) = (predictor.name, predictor.warning) }
    guard generated.count < maximumTokens, !isHalted else { return }
    let clock = ContinuousClock()
    var start = clock.now
    var next = try predictor.predict(after: known)
    while true {
      let sliceStart = generated.count
      let limit = min(sliceStart + Self.sliceLength, maximumTokens)
      generated.append(UInt16(truncatingIfNeeded: next))
      while next != vocabulary.haltID && generated.count < limit {
        next = try predictor.predict(after: next)
        generated.append(UInt16(truncatingIfNeeded: next))
      }
      seconds += (clock.now - start) / .seconds(1)
      let unwanted = generated.count - sliceStart - observe(generated[sliceStart...], vocabulary)
      if unwanted > 0 { return generated.removeLast(unwanted) }
      if next == vocabulary.haltID || generated.count >= maximumTokens { return }
      start = clock.now
      next = try predictor.predict(after: next)
    }
  }

  /// The generated tokens.
  public var tokens: some Sequence<Token> {
    generated.lazy.map { vocabulary.tokens[Int($0)] }
  }

  /// Whether the last token is `halt`.
  public var isHalted: Bool {
    generated.last.map { Int($0) == vocabulary.haltID } ?? false
  }

  /// The bytes that the program printed.
  public var output: [UInt8] {
    tokens.compactMap(\.printedByte)
  }

  /// The number of instructions that ended.
  public var instructionCount: Int {
    tokens.reduce(0) { $0 + ($1.endsInstruction ? 1 : 0) }
  }
}

extension Token {
  /// The byte that an output token prints.
  package var printedByte: UInt8? {
    if case .output(let byte) = self { byte } else { nil }
  }

  fileprivate var endsInstruction: Bool {
    switch self {
    case .commit, .callCommit, .returnCommit, .output, .instruction: true
    case .byte, .character, .branchTaken, .programStart, .programEnd, .start: false
    }
  }
}
