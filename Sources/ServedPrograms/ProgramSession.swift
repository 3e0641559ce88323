import InstructionSet
import ModuleExecution
import TransformerVM

/// A program at work, slice by slice: the machine's tokens and the host's answers, in their order.
struct ProgramSession: Sendable {
  /// What a slice brought.
  struct Slice: Sendable {
    /// The ids of the new tokens, the host's among them.
    var tokens: [UInt16] = []
    /// Bytes that the program wrote where errors go.
    var errorOutput: [UInt8] = []
    /// How the program ended; nil when it goes on.
    var ending: ProgramEnding?
  }

  private var predictor: any TokenPredictor
  private let vocabulary: MachineVocabulary
  private let stops: [Bool]
  private var environment: HostEnvironment
  /// Tokens that the predictor has not read; never none.
  private var unread: [Int]
  /// The last tokens, enough for the host to find what it is asked for.
  private var tail: [UInt16] = []
  /// Tokens behind the prompt.
  private(set) var generatedCount = 0
  /// Tokens that the predictor has read.
  private(set) var position: Int

  /// - Parameters:
  ///   - predictor: what has read the first `position` tokens of the prompt.
  ///   - rest: the prompt's other tokens, at least one.
  init(
    _ predictor: any TokenPredictor, position: Int, rest: [Int], _ vocabulary: MachineVocabulary,
    _ environment: HostEnvironment
  ) {
    self.predictor = predictor
    self.position = position
    self.vocabulary = vocabulary
    self.environment = environment
    unread = rest
    stops = vocabulary.stops
  }

  /// Bytes of memory that are this session's alone; nil where the engine does not know.
  var ownByteCount: Int? { predictor.ownByteCount }

  /// Goes on until there are so many tokens more, at least one, or the program has ended.
  ///
  /// - Parameter limit: the most tokens behind the prompt that there may be.
  /// - Throws: when the engine can read no more, or what it says is no program's trace.
  mutating func run(_ count: Int, limit: Int) throws -> Slice {
    var slice = Slice()
    let goal = min(limit, generatedCount + count)
    while generatedCount < goal, slice.ending == nil {
      try generate(upTo: goal, into: &slice)
      if let last = tail.last, stops[Int(last)] { try answer(into: &slice) }
    }
    if slice.ending == nil, generatedCount >= limit { slice.ending = .limit }
    return slice
  }

  /// Lets the machine write up to a token behind which it pauses.
  private mutating func generate(upTo goal: Int, into slice: inout Slice) throws {
    position += unread.count
    let next = try unread.count == 1 ? predictor.predict(after: unread[0]) : predictor.predict(after: unread)
    append([UInt16(truncatingIfNeeded: next)], to: &slice)
    if !stops[next], generatedCount < goal {
      let tokens = try predictor.generate(after: next, limit: goal - generatedCount, stops: stops)
      position += tokens.count
      append(tokens.map { UInt16(truncatingIfNeeded: $0) }, to: &slice)
    }
    unread = tail.suffix(1).map(Int.init)
  }

  /// Lets the host answer the last token, or ends the program where it is none to be answered.
  private mutating func answer(into slice: inout Slice) throws {
    var host = RunHost(environment)
    guard let reply = try host.reply(behind: tail[...], vocabulary) else {
      slice.ending = tail.last.flatMap { vocabulary.trap(at: Int($0)) }.map(ProgramEnding.trapped) ?? .halted
      return
    }
    environment = host.environment
    if case .errorOutput(let bytes)? = reply.event { slice.errorOutput += bytes }
    if let code = reply.exitCode {
      slice.ending = .exited(code: code)
      return
    }
    let ids = try vocabulary.ids(of: reply.tokens)
    unread += ids.map(Int.init)
    append(ids.map { UInt16(truncatingIfNeeded: $0) }, to: &slice)
  }

  private mutating func append(_ tokens: [UInt16], to slice: inout Slice) {
    generatedCount += tokens.count
    slice.tokens += tokens
    tail = Array((tail.suffix(HostEnvironment.tailLength) + tokens).suffix(HostEnvironment.tailLength))
  }
}
