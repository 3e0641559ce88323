import Synchronization
import TransformerVM

/// An engine that reads a program for all who run it, used by one thread at a time.
final class TrunkWork: Sendable {
  /// How far the engine is; nil when it has been handed over.
  private struct State: Sendable {
    var predictor: (any TokenPredictor)?
    var readCount = 0
  }

  private let state = Mutex(State())
  private let executor: Executor
  private let tokens: [Int]

  init(_ tokens: [Int], _ executor: Executor) {
    self.tokens = tokens
    self.executor = executor
  }

  /// Reads so many tokens more.
  ///
  /// - Returns: how many have been read by now, and the engine, frozen, as soon as it has read all.
  /// - Throws: ``ProgramServingError`` when the engine can read no more.
  func read(_ count: Int) throws(ProgramServingError) -> (readCount: Int, predictor: (any TokenPredictor)?) {
    try state.withLock { state throws(ProgramServingError) in
      if state.predictor == nil { state.predictor = executor.makePredictor() }
      let end = min(state.readCount + count, tokens.count)
      do {
        _ = try state.predictor?.predict(after: Array(tokens[state.readCount..<end]))
      } catch {
        throw ProgramServingError(.failed, "\(error)")
      }
      state.readCount = end
      guard end == tokens.count else { return (end, nil) }
      state.predictor?.freeze()
      defer { state.predictor = nil }
      return (end, state.predictor)
    }
  }
}
