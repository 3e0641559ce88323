public import InstructionSet
import ModuleExecution

/// One program executed by a transformer, with its tokens.
public struct ProgramRun: Sendable {
  /// The ids of the tokens behind the prompt, with `halt` where the machine halted; the host's are among them.
  public private(set) var generated: [UInt16] = []
  /// The ids of the prompt's tokens.
  public let prompt: [Int32]
  public let vocabulary: MachineVocabulary
  /// What predicted the tokens: an engine's name, or the graph's.
  public private(set) var engine = ""
  /// One line about what kept a faster engine from running; nil when nothing did.
  public private(set) var warning: String?
  /// What prompt and generation took, observers and host not included.
  public private(set) var seconds = 0.0
  /// The code by which the program has ended itself.
  public private(set) var exitCode: UInt32?

  /// Executes a program until the machine halts.
  ///
  /// - Parameters:
  ///   - host: what the program runs in.
  ///   - maximumTokens: how many tokens to generate at most.
  ///   - observe: called with each slice of new tokens; returns how many of them to keep. Generation ends where it keeps
  ///     fewer than it was given. Behind a slice that asks for a service, the next is the host's answer, even if that is empty.
  /// - Throws: ``VirtualMachineError`` when the program is for another machine than the executor's, or when the engine can read
  ///   no more.
  public init(
    _ program: MachineProgram, on executor: Executor, host: RunHost = RunHost(), maximumTokens: Int = .max,
    observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int = { ids, _ in ids.count }
  ) throws(VirtualMachineError) {
    try self.init(
      prompt: program.prompt(for: executor.vocabulary), on: executor, host: host, maximumTokens: maximumTokens,
      observe: observe)
  }

  /// Executes a prompt, given by the ids of its tokens, until the machine halts.
  ///
  /// - Throws: ``VirtualMachineError`` when the engine can read no more, or not these.
  public init(
    prompt: [Int32], on executor: Executor, host: RunHost = RunHost(), maximumTokens: Int = .max,
    observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int = { ids, _ in ids.count }
  ) throws(VirtualMachineError) {
    try self.init(
      prompt, vocabulary: executor.vocabulary, predictor: executor.makePredictor(), host: host,
      maximumTokens: maximumTokens, observe: observe)
  }

  /// Carries a run on.
  ///
  /// - Parameters:
  ///   - generated: the ids of tokens that were generated before; the observer is not told of them.
  ///   - readCount: how many tokens, of the prompt and then of those generated before, the predictor has read; not all of them.
  package init(
    _ prompt: [Int32], generated: [UInt16] = [], vocabulary: MachineVocabulary, predictor: any TokenPredictor,
    readCount: Int = 0, host: RunHost, maximumTokens: Int = .max,
    observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int
  ) throws(VirtualMachineError) {
    self.prompt = prompt
    self.vocabulary = vocabulary
    self.generated = generated
    do {
      var host = host
      try repeatRequests(&host)
      let known = prompt.map(Int.init) + generated.map(Int.init)
      try generate(
        predictor, known: Array(known[readCount...]), host: &host, maximumTokens: maximumTokens, observe: observe)
    } catch {
      throw VirtualMachineError("\(error)")
    }
  }

  /// Lets the host give again what it gave in the part of the run that is known.
  ///
  /// - Throws: ``VirtualMachineError`` when it gives something else: the run would go on with the end of another input.
  private func repeatRequests(_ host: inout RunHost) throws(VirtualMachineError) {
    for answer in vocabulary.answers(in: generated) where answer.lowerBound < generated.count {
      guard let reply = try host.reply(behind: generated[..<answer.lowerBound], vocabulary), reply.isRepeatable else {
        continue
      }
      guard try vocabulary.ids(of: reply.tokens).elementsEqual(generated[answer], by: { $0 == Int32($1) }) else {
        throw VirtualMachineError(
          "generated token \(answer.lowerBound): expected the standard input, arguments and environment that the run began with"
        )
      }
    }
  }

  private mutating func generate<Predictor: TokenPredictor>(
    _ predictor: Predictor, known: [Int], host: inout RunHost, maximumTokens: Int,
    observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int
  ) throws {
    var predictor = predictor
    defer { (engine, warning) = (predictor.name, predictor.warning) }
    var unread = known
    let stops = vocabulary.stops
    let clock = ContinuousClock()
    while generated.count < maximumTokens {
      if let last = generated.last, vocabulary.stops(at: Int(last)) {
        guard let answer = try answer(&host, observe) else { return }
        unread += answer
        if generated.count >= maximumTokens { return }
      }
      let start = clock.now
      let sliceStart = generated.count
      let next = try unread.count == 1 ? predictor.predict(after: unread[0]) : predictor.predict(after: unread)
      generated.append(UInt16(truncatingIfNeeded: next))
      if !vocabulary.stops(at: next), generated.count < maximumTokens {
        let slice = try predictor.generate(
          after: next, limit: min(predictor.sliceLength, maximumTokens - generated.count), stops: stops)
        generated.append(contentsOf: slice.lazy.map { UInt16(truncatingIfNeeded: $0) })
      }
      unread = [Int(generated[generated.count - 1])]
      seconds += (clock.now - start) / .seconds(1)
      let unwanted = generated.count - sliceStart - observe(generated[sliceStart...], vocabulary)
      if unwanted > 0 { return generated.removeLast(unwanted) }
    }
  }

  /// Appends what the host answers; nil when the run is over.
  private mutating func answer(
    _ host: inout RunHost, _ observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int
  ) throws -> [Int]? {
    guard let reply = try host.reply(behind: generated[...], vocabulary) else { return nil }
    host.tell(reply)
    if let exitCode = reply.exitCode {
      self.exitCode = exitCode
      return nil
    }
    let ids = try vocabulary.ids(of: reply.tokens)
    let first = generated.count
    generated += ids.map { UInt16(truncatingIfNeeded: $0) }
    let unwanted = ids.count - observe(generated[first...], vocabulary)
    if unwanted > 0 {
      generated.removeLast(unwanted)
      return nil
    }
    return ids.map(Int.init)
  }

  /// Why the machine stopped; nil where it halted, or did not stop.
  public var trap: Trap? {
    generated.last.flatMap { vocabulary.trap(at: Int($0)) }
  }

  /// Whether the machine has stopped for good.
  public var isHalted: Bool {
    exitCode != nil || generated.last.map { vocabulary.stops(at: Int($0)) && !vocabulary.asksHost(Int($0)) } ?? false
  }

  /// The bytes that the program printed.
  public var output: [UInt8] {
    generated.compactMap { vocabulary.printedByte(of: Int($0)) }
  }

  /// The number of instructions that ended.
  public var instructionCount: Int {
    vocabulary.executed(generated).reduce(0) { $0 + (vocabulary.endsInstruction(Int($1)) ? 1 : 0) }
  }
}
