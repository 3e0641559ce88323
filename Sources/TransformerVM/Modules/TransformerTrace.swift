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
  /// One line about what keeps a faster engine from running; nil when nothing does.
  public var warning: String? { predictor.warning }

  private var predictor: any TokenPredictor
  private let vocabulary: MachineVocabulary
  private let tokens: [FullToken]
  private let stops: [Bool]
  /// Tokens of the trace that the predictor has not read; never none.
  private var unread: [Int]

  /// Stands behind the prompt of a program.
  ///
  /// - Throws: ``VirtualMachineError`` when the executor is not of the full profile.
  public init(behind program: FullProgram, on executor: Executor) throws(VirtualMachineError) {
    guard case .full(let full) = executor.vocabulary.tokens else {
      throw VirtualMachineError("expected a machine of the full profile, found one of the base profile")
    }
    vocabulary = executor.vocabulary
    tokens = full.tokens
    stops = vocabulary.stops
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
      var remaining = limit
      var last = try predictor.predict(after: unread)
      unread = [last]
      remaining -= 1
      observe([tokens[last]])
      while remaining > 0, !stops[last] {
        // Called where it is: a copy of the predictor would copy all that it remembers before it changes.
        let ids = try predictor.generate(after: last, limit: min(remaining, predictor.sliceLength), stops: stops)
        guard let next = ids.last else { break }
        last = Int(next)
        unread = [last]
        remaining -= ids.count
        observe(ids.map { tokens[Int($0)] }[...])
      }
      return tokens[last].pause
    } catch {
      throw TraceMachineError("\(error)")
    }
  }
}
