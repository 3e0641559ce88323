public import InstructionSet
public import ModuleExecution

/// A transformer, or a graph, that continues a trace of the full profile.
///
/// ```swift
/// let compiled = try FullProgramCompiler().compile(module)
/// let machine = try TransformerTrace(behind: compiled.program, on: executor)
/// var instance = ModuleInstance(compiled, on: machine)
/// ```
public struct TransformerTrace: TraceMachine {
  /// What predicted, and what kept a faster engine from it.
  public var engine: String { predictor.name }
  /// One line about what keeps a faster engine from running; nil when nothing does.
  public var warning: String? { predictor.warning }

  private var predictor: any TokenPredictor
  private let vocabulary: MachineVocabulary
  private let tokens: [FullToken]
  /// Tokens of the trace that the predictor has not read; never none.
  private var unread: [Int]

  /// How many tokens an observer gets at a time.
  private static let sliceLength = 4096

  /// Stands behind the prompt of a program.
  ///
  /// - Throws: ``VirtualMachineError`` when the executor is not of the full profile.
  public init(behind program: FullProgram, on executor: Executor) throws(VirtualMachineError) {
    guard case .full(let full) = executor.vocabulary.tokens else {
      throw VirtualMachineError("expected a machine of the full profile, found one of the base profile")
    }
    vocabulary = executor.vocabulary
    tokens = full.tokens
    unread = try vocabulary.ids(of: program.prompt).map(Int.init)
    predictor = executor.makePredictor()
  }

  public mutating func read(_ tokens: [FullToken]) throws(TraceMachineError) {
    do {
      unread += try vocabulary.ids(of: tokens).map(Int.init)
    } catch {
      throw TraceMachineError("\(error)")
    }
  }

  public mutating func write(
    limit: Int, _ observe: (ArraySlice<FullToken>) -> Void
  ) throws(TraceMachineError) -> FullPause? {
    guard limit > 0 else { return nil }
    do {
      return try write(with: predictor, limit: limit, observe)
    } catch {
      throw TraceMachineError("\(error)")
    }
  }

  /// The same with the predictor's type known, so that a token costs no more than its computation.
  private mutating func write<Predictor: TokenPredictor>(
    with predictor: Predictor, limit: Int, _ observe: (ArraySlice<FullToken>) -> Void
  ) throws -> FullPause? {
    var predictor = predictor
    self.predictor = NoPredictor()
    defer { self.predictor = predictor }
    var slice: [FullToken] = []
    slice.reserveCapacity(Self.sliceLength)
    var next = try predictor.predict(after: unread)
    var remaining = limit
    while true {
      slice.append(tokens[next])
      remaining -= 1
      if remaining == 0 || vocabulary.stops(at: next) { break }
      if slice.count == Self.sliceLength {
        observe(slice[...])
        slice.removeAll(keepingCapacity: true)
      }
      next = try predictor.predict(after: next)
    }
    unread = [next]
    observe(slice[...])
    return tokens[next].pause
  }
}

/// Stands where a predictor was taken out, so that it is not copied when it changes.
private struct NoPredictor: TokenPredictor {
  var name: String { "" }
  var warning: String? { nil }
  mutating func predict(after prompt: [Int]) throws -> Int { 0 }
  mutating func predict(after token: Int) throws -> Int { 0 }
}
