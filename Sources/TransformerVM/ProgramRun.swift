public import InstructionSet

/// One program executed by a transformer, with its tokens.
public struct ProgramRun: Sendable {
  /// The ids of the generated tokens, with `halt` where the machine halted.
  public private(set) var generated: [UInt16] = []
  /// The ids of the prompt's tokens.
  public let prompt: [Int32]
  public let vocabulary: MachineVocabulary
  /// What predicted the tokens: an engine's name, or the graph's.
  public private(set) var engine = ""
  /// One line about what kept a faster engine from running; nil when nothing did.
  public private(set) var warning: String?
  /// What prompt and generation took, observers not included.
  public private(set) var seconds = 0.0

  /// How many tokens are generated between two calls of the observer.
  private static let sliceLength = 16_384

  /// Executes a program until the machine halts.
  ///
  /// - Parameters:
  ///   - maximumTokens: how many tokens to generate at most.
  ///   - observe: called with each slice of new tokens; returns how many of them to keep. Generation ends where it keeps
  ///     fewer than it was given.
  /// - Throws: ``VirtualMachineError`` when the program is for another machine than the executor's, or when the engine can read
  ///   no more.
  public init(
    _ program: MachineProgram, on executor: Executor, maximumTokens: Int = .max,
    observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int = { ids, _ in ids.count }
  ) throws(VirtualMachineError) {
    try self.init(
      prompt: program.prompt(for: executor.vocabulary), on: executor, maximumTokens: maximumTokens, observe: observe)
  }

  /// Executes a prompt, given by the ids of its tokens, until the machine halts.
  ///
  /// - Throws: ``VirtualMachineError`` when the engine can read no more, or not these.
  public init(
    prompt: [Int32], on executor: Executor, maximumTokens: Int = .max,
    observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int = { ids, _ in ids.count }
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
    _ prompt: [Int32], generated: [UInt16] = [], vocabulary: MachineVocabulary, predictor: any TokenPredictor,
    readCount: Int = 0, maximumTokens: Int = .max, observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int
  ) throws(VirtualMachineError) {
    self.prompt = prompt
    self.vocabulary = vocabulary
    self.generated = generated
    do {
      let known = prompt.map(Int.init) + generated.map(Int.init)
      try generate(predictor, known: Array(known[readCount...]), maximumTokens: maximumTokens, observe: observe)
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }

  private mutating func generate<Predictor: TokenPredictor>(
    _ predictor: Predictor, known: [Int], maximumTokens: Int,
    observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int
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
      while !vocabulary.stops(at: next) && generated.count < limit {
        next = try predictor.predict(after: next)
        generated.append(UInt16(truncatingIfNeeded: next))
      }
      seconds += (clock.now - start) / .seconds(1)
      let unwanted = generated.count - sliceStart - observe(generated[sliceStart...], vocabulary)
      if unwanted > 0 { return generated.removeLast(unwanted) }
      if vocabulary.stops(at: next) || generated.count >= maximumTokens { return }
      start = clock.now
      next = try predictor.predict(after: next)
    }
  }

  /// Why the machine stopped; nil where it halted, or did not stop.
  public var trap: Trap? {
    generated.last.flatMap { vocabulary.trap(at: Int($0)) }
  }

  /// Whether the machine has stopped.
  public var isHalted: Bool {
    generated.last.map { vocabulary.stops(at: Int($0)) } ?? false
  }

  /// The bytes that the program printed.
  public var output: [UInt8] {
    generated.compactMap { vocabulary.printedByte(of: Int($0)) }
  }

  /// The number of instructions that ended.
  public var instructionCount: Int {
    generated.reduce(0) { $0 + (vocabulary.endsInstruction(Int($1)) ? 1 : 0) }
  }
}
