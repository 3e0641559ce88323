import CKernels
import Foundation
import Synchronization

/// The state that the threads of a pool share: one job at a time, taken piece by piece.
final class WorkQueue: @unchecked Sendable {
  /// The largest number of pieces of one job.
  static let largestJob = 0xffff

  /// From the top: the job's number (32 bits), its pieces (16), the next piece to take (16).
  ///
  /// A thread takes a piece by exchanging this word, which fails when the job has changed; so whoever has taken a piece
  /// knows that its job is still running, and only then reads `body`.
  private let ticket = Atomic<UInt64>(0)
  private let finishedPieces = Atomic<Int>(0)
  private let isStopped = Atomic<Bool>(false)
  private let sleepers = Atomic<Int>(0)
  private let wakeUp = DispatchSemaphore(value: 0)
  private let callerSleeps = Atomic<Bool>(false)
  private let jobDone = DispatchSemaphore(value: 0)
  /// Written only while no job is running; see `ticket`.
  private var body: (Int) -> Void = { _ in }

  /// Runs a job of at most `largestJob` pieces, the caller taking part.
  func run(_ pieces: Int, _ body: @escaping (Int) -> Void) {
    self.body = body
    finishedPieces.store(0, ordering: .relaxed)
    let number = (ticket.load(ordering: .relaxed) >> 32 &+ 1) << 32
    ticket.store(number | UInt64(pieces) << 16, ordering: .sequentiallyConsistent)
    wakeSleepers(atMost: pieces - 1)
    _ = takePieces()
    waitUntilFinished(pieces)
    self.body = { _ in }
  }

  /// What a thread of the pool does until it is stopped.
  func serve() {
    var patience = Patience()
    while !isStopped.load(ordering: .acquiring) {
      if takePieces() {
        patience = Patience()
      } else if !patience.wait() {
        sleep()
        patience = Patience()
      }
    }
  }

  func stop() {
    isStopped.store(true, ordering: .sequentiallyConsistent)
    wakeSleepers(atMost: .max)
  }

  /// Takes and runs pieces of one job until none is left; false when there was none.
  private func takePieces() -> Bool {
    let current = ticket.load(ordering: .acquiring)
    guard let first = takePiece(current) else { return false }
    let finished = runPieces(from: first)
    let job = ticket.load(ordering: .relaxed)
    let all = finishedPieces.add(finished, ordering: .sequentiallyConsistent).newValue
    if all == Int(job >> 16 & 0xffff), callerSleeps.exchange(false, ordering: .sequentiallyConsistent) {
      jobDone.signal()
    }
    return true
  }

  /// Takes the next piece of whatever job is running; nil when none is left.
  private func takePiece(_ seen: UInt64) -> Int? {
    var current = seen
    while true {
      let next = current & 0xffff
      guard next < current >> 16 & 0xffff else { return nil }
      let exchange = ticket.compareExchange(
        expected: current, desired: current + 1, successOrdering: .acquiringAndReleasing, failureOrdering: .acquiring)
      if exchange.exchanged { return Int(next) }
      current = exchange.original
    }
  }

  /// Runs a piece that was taken, then more of its job; how many they were. A job whose pieces are not all counted as finished
  /// goes on, so the body is the same for all of them, and nothing refers to it any more when this returns.
  @inline(never) private func runPieces(from first: Int) -> Int {
    let body = body
    var (piece, count) = (first, 0)
    while true {
      body(piece)
      count += 1
      guard let next = takePiece(ticket.load(ordering: .acquiring)) else { return count }
      piece = next
    }
  }

  private func waitUntilFinished(_ pieces: Int) {
    var patience = Patience()
    while finishedPieces.load(ordering: .acquiring) != pieces {
      if patience.wait() { continue }
      callerSleeps.store(true, ordering: .sequentiallyConsistent)
      let isFinished = finishedPieces.load(ordering: .sequentiallyConsistent) == pieces
      // Whoever takes the flag back decides: if it was the last piece's thread, its signal is on the way.
      if !isFinished || !callerSleeps.exchange(false, ordering: .sequentiallyConsistent) { jobDone.wait() }
    }
  }

  private func sleep() {
    sleepers.add(1, ordering: .sequentiallyConsistent)
    let current = ticket.load(ordering: .sequentiallyConsistent)
    let hasWork = current & 0xffff < current >> 16 & 0xffff || isStopped.load(ordering: .sequentiallyConsistent)
    if hasWork, takeBack() { return }
    wakeUp.wait()
  }

  /// Takes this thread off the sleepers; false when somebody is about to wake it.
  private func takeBack() -> Bool {
    var count = sleepers.load(ordering: .relaxed)
    while count > 0 {
      let exchange = sleepers.compareExchange(
        expected: count, desired: count - 1, ordering: .sequentiallyConsistent)
      if exchange.exchanged { return true }
      count = exchange.original
    }
    return false
  }

  private func wakeSleepers(atMost limit: Int) {
    for _ in 0..<limit {
      guard takeBack() else { return }
      wakeUp.signal()
    }
  }
}
