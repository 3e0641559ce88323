import InstructionSet
import Synchronization
import TransformerVM

/// A program's session, computed by one thread at a time.
final class RunWork: Sendable {
  /// What a slice of time brought.
  struct Outcome: Sendable {
    var output: [UInt8] = []
    var errorOutput: [UInt8] = []
    /// Tokens as text, where they are wanted.
    var trace: [String] = []
    /// Tokens behind the prompt by now.
    var generatedCount = 0
    /// Tokens read by now.
    var position = 0
    /// Bytes that only this session takes by now.
    var ownBytes = 0
    /// How the program ended; nil when it goes on.
    var ending: ProgramEnding?
    /// Why it cannot go on.
    var failure: ProgramServingError?
  }

  // Changed in place: a copy of an engine that goes on is a fork.
  private let session = Mutex<ProgramSession?>(nil)
  private let start: @Sendable () -> ProgramSession
  private let vocabulary: MachineVocabulary
  private let wantsTrace: Bool
  private let isCancelled = Atomic(false)

  /// How many tokens are written before somebody may have cancelled.
  private static let interval = 1024

  /// - Parameter start: makes the session, when its first slice begins.
  init(_ vocabulary: MachineVocabulary, wantsTrace: Bool, start: @escaping @Sendable () -> ProgramSession) {
    self.vocabulary = vocabulary
    self.wantsTrace = wantsTrace
    self.start = start
  }

  /// Makes a slice that is being computed end soon.
  func cancel() {
    isCancelled.store(true, ordering: .relaxed)
  }

  /// Goes on for so many tokens, or until the program ends.
  ///
  /// - Parameter limit: the most tokens behind the prompt that there may be.
  func run(_ count: Int, limit: Int) -> Outcome {
    session.withLock { session in
      var outcome = Outcome()
      if session == nil { session = start() }
      let goal = (session?.generatedCount ?? 0) + count
      do {
        while let current = session?.generatedCount, current < goal, outcome.ending == nil,
          !isCancelled.load(ordering: .relaxed)
        {
          guard let slice = try session?.run(min(goal - current, Self.interval), limit: limit) else { break }
          append(slice, to: &outcome)
        }
      } catch {
        outcome.failure = ProgramServingError(.failed, "\(error)")
      }
      outcome.generatedCount = session?.generatedCount ?? 0
      outcome.position = session?.position ?? 0
      outcome.ownBytes = session?.ownByteCount ?? 0
      return outcome
    }
  }

  private func append(_ slice: ProgramSession.Slice, to outcome: inout Outcome) {
    outcome.ending = slice.ending
    outcome.errorOutput += slice.errorOutput
    outcome.output += slice.tokens.compactMap { vocabulary.printedByte(of: Int($0)) }
    guard wantsTrace else { return }
    outcome.trace += slice.tokens.map {
      vocabulary.text(of: Int($0)) + (vocabulary.endsLine(Int($0)) ? "\n" : " ")
    }
  }
}
