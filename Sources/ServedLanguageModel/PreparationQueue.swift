package import Clients
import Foundation
package import OpenAIProtocol
import Synchronization
import Threads

/// What is done before an answer begins and may take long: grammars made of schemas, texts cut into tokens.
///
/// It has threads of its own, which give way to those that answer, so that whatever is asked for keeps nobody waiting but those
/// who ask for such things too; among them accounts take turns, and the users of each. No more work waits than is done within
/// some seconds.
package final class PreparationQueue: Sendable {
  /// A piece of work that waits.
  private struct Piece {
    let client: Client
    let cost: Duration
    let turn: CheckedContinuation<Void, any Error>
  }

  private struct State {
    var running = 0
    var lastNumber = 0
    var queue = ClientQueue()
    var pieces: [Int: Piece] = [:]

    /// What waits, of one account or altogether.
    func cost(of account: String? = nil) -> Duration {
      pieces.values.reduce(.zero) { account == nil || $1.client.account == account ? $0 + $1.cost : $0 }
    }

    mutating func remove(_ number: Int) -> Piece? {
      guard let piece = pieces.removeValue(forKey: number) else { return nil }
      queue.remove(number, of: piece.client)
      return piece
    }
  }

  private let state = Mutex(State())
  private let executor: ThreadExecutor
  private let threadCount: Int
  private let mostWaiting: Duration
  private let mostOfAccount: Duration

  /// - Parameters:
  ///   - accounts: among how many accounts that is shared out; 0 for everybody alike.
  ///   - mostWaiting: how long all work that waits may take, as far as that is known before.
  ///   - threads: how many pieces of work are done at a time; nil for one, or two where there are many processors.
  package init(accounts: Int = 0, mostWaiting: Duration = .seconds(10), threads: Int? = nil) {
    threadCount = threads ?? (ProcessInfo.processInfo.activeProcessorCount < 8 ? 1 : 2)
    executor = ThreadExecutor("preparation", threads: threadCount, givesWay: true)
    self.mostWaiting = mostWaiting
    mostOfAccount = mostWaiting / max(accounts, 1)
  }

  /// How much work waits for its turn.
  package var waitingCount: Int { state.withLock { $0.pieces.count } }

  /// Does a piece of work when it is its turn.
  ///
  /// - Parameter cost: about how long it takes.
  /// - Throws: when too much waits already, and when the task is cancelled; what the work throws.
  package func run<Value: Sendable>(
    for client: Client, cost: Duration, _ work: @Sendable () throws(APIError) -> Value
  ) async throws(APIError) -> Value {
    do {
      try await takeTurn(client, cost)
    } catch {
      throw error as? APIError ?? .cancelled
    }
    defer { passTurn() }
    guard !Task.isCancelled else { throw .cancelled }
    return try await withTaskExecutorPreference(executor) { () async throws(APIError) in try work() }
  }

  private func takeTurn(_ client: Client, _ cost: Duration) async throws {
    let number = state.withLock { state in
      state.lastNumber += 1
      return state.lastNumber
    }
    try await withTaskCancellationHandler {
      try await withCheckedThrowingContinuation { continuation in
        wait(number, Piece(client: client, cost: cost, turn: continuation))
        // Who went away before there was a piece has not taken it out.
        if Task.isCancelled { giveUp(number) }
      }
    } onCancel: {
      giveUp(number)
    }
  }

  /// Lets a piece of work begin or wait, or turns it away.
  private func wait(_ number: Int, _ piece: Piece) {
    let result: Result<Void, APIError>? = state.withLock { state in
      if state.running < threadCount {
        state.running += 1
        return .success(())
      }
      let own = state.cost(of: piece.client.account)
      // Whoever waits for nothing else may wait, so that a full queue keeps no other account out.
      guard own == .zero || (own + piece.cost <= mostOfAccount && state.cost() + piece.cost <= mostWaiting) else {
        return .failure(Self.overload)
      }
      state.queue.append(number, of: piece.client)
      state.pieces[number] = piece
      return nil
    }
    if let result { piece.turn.resume(with: result.mapError { $0 }) }
  }

  /// Lets the next piece of work begin.
  private func passTurn() {
    let next = state.withLock { state -> Piece? in
      if let number = state.queue.popFirst() { return state.pieces.removeValue(forKey: number) }
      state.running -= 1
      return nil
    }
    next?.turn.resume()
  }

  private func giveUp(_ number: Int) {
    state.withLock { $0.remove(number) }?.turn.resume(throwing: CancellationError())
  }

  private static var overload: APIError {
    APIError(
      .tooManyRequests, "too many schemas and long texts wait to be read", code: "rate_limit_exceeded", retryAfter: 1)
  }
}

extension PreparationQueue {
  /// About how long it takes to cut a text of so many bytes into tokens.
  static func cost(ofText bytes: Int) -> Duration { .microseconds(bytes / 4) }

  /// How long it takes to make a grammar, at most.
  static var costOfGrammar: Duration { .milliseconds(250) }
}
