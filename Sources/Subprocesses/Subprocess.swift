import Foundation
import Synchronization

/// Another program, run once: to its end, to a limit of time, or until another thread stops it.
///
/// It leads a process group, so that what it has started ends with it when it does not end by itself. Nobody waits for what it leaves
/// behind when it ends by itself.
package final class Subprocess: Sendable {
  /// How a program has ended.
  package enum Ending: Hashable, Sendable {
    /// By itself, with a status.
    case exit(Int32)
    /// By a signal that others than this process may have sent.
    case signal(Int32)
    /// It was ended because it took more than so many seconds.
    case timeLimit(Double)
    /// It was ended by ``Subprocess/stop()``, which may have been before it began.
    case stopped
  }

  /// What has come of a program.
  package struct Result: Sendable {
    package let ending: Ending
    /// What it has printed, up to a million bytes.
    package let output: String

    /// Whether the program says so.
    package var isSuccess: Bool { ending == .exit(0) }
  }

  private struct State {
    /// The process, until nobody waits for it any more: so long its number is no other's.
    var process: pid_t?
    /// What tells it to end.
    var endSignal = SIGTERM
    /// Why it is being ended.
    var reason: Ending?
  }

  /// Seconds that a program has to end by itself when it is told to.
  private static let grace = 1.0
  /// Seconds between two looks at what it prints.
  private static let interval = 0.05

  private let state = Mutex(State())
  /// Signalled when the program has ended, and when it is to be stopped.
  private let news = DispatchSemaphore(value: 0)

  package init() {}

  /// Runs a program.
  ///
  /// - Parameter limit: seconds after which it is ended, with what it has started.
  /// - Throws: `SubprocessError` when it cannot be started.
  package func run(_ command: Command, within limit: Double) throws(SubprocessError) -> Result {
    try run(command, within: limit, every: limit) { _, _ in }
  }

  /// Runs a program and passes on each line that it prints, soon after it has.
  ///
  /// - Parameters:
  ///   - limit: seconds after which it is ended, with what it has started.
  ///   - forEachLine: called with a line without its end, on the calling thread; also with the last, though nothing ends it.
  /// - Throws: `SubprocessError` when it cannot be started.
  package func run(
    _ command: Command, within limit: Double, forEachLine: (String) -> Void
  ) throws(SubprocessError) -> Result {
    var lines = PrintedLines()
    return try run(command, within: limit, every: Self.interval) { output, isWhole in
      lines.read(output, isWhole: isWhole, forEachLine)
    }
  }

  /// - Parameter look: called with what it has printed every so many seconds, and when that is all.
  private func run(
    _ command: Command, within limit: Double, every interval: Double, look: (borrowing PrintedOutput, Bool) -> Void
  ) throws(SubprocessError) -> Result {
    let output = try PrintedOutput()
    guard let process = try start(command, output: output.descriptor) else {
      return Result(ending: .stopped, output: "")
    }
    let end = DispatchGroup()
    end.enter()
    Thread.detachNewThread { [news] in
      ProcessGroup.awaitEnd(of: process)
      end.leave()
      news.signal()
    }
    let deadline = DispatchTime.now() + limit
    while news.wait(timeout: min(deadline, .now() + interval)) == .timedOut {
      if .now() >= deadline {
        finish(because: .timeLimit(limit))
        break
      }
      look(output, false)
    }
    if isToEnd, end.wait(timeout: .now() + Self.grace) == .timedOut { ProcessGroup.send(SIGKILL, to: process) }
    end.wait()
    let ending = collect(process)
    look(output, true)
    return Result(ending: ending, output: output.text())
  }

  /// Ends the program, or keeps it from starting.
  package func stop() {
    finish(because: .stopped)
    news.signal()
  }

  /// Nil when it was stopped before.
  private func start(_ command: Command, output: Int32) throws(SubprocessError) -> pid_t? {
    try state.withLock { state throws(SubprocessError) in
      guard state.reason == nil else { return nil }
      state.process = try Leftovers.ofProcess.adding { () throws(SubprocessError) in
        try ProcessGroup.start(command, output: output)
      }
      state.endSignal = command.endSignal
      return state.process
    }
  }

  private func finish(because reason: Ending) {
    state.withLock { state in
      guard state.reason == nil else { return }
      state.reason = reason
      if let process = state.process { ProcessGroup.send(state.endSignal, to: process) }
    }
  }

  private var isToEnd: Bool { state.withLock { $0.reason != nil } }

  /// How a program has ended that has; if it was made to, whoever is left of its group ends now.
  private func collect(_ process: pid_t) -> Ending {
    state.withLock { state in
      state.process = nil
      if state.reason != nil { ProcessGroup.send(SIGKILL, to: process) }
      let ending = Leftovers.ofProcess.forgetting(process) { ProcessGroup.collect(process) }
      return state.reason ?? ending
    }
  }
}

extension Subprocess.Ending: CustomStringConvertible {
  /// What follows the program's name in a sentence.
  package var description: String {
    switch self {
    case .exit(0): "has ended"
    case .exit(let status): "failed with status \(status)"
    case .signal(let number): "was ended by signal \(number)"
    case .timeLimit(let seconds): "was stopped: it had not ended after \(String(format: "%g", seconds)) seconds"
    case .stopped: "was stopped before it ended"
    }
  }
}
