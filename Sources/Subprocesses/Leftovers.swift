import Foundation
import Synchronization

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// What this process has begun and would leave behind if it ended now: programs that it has started, folders, and files that are
/// not whole yet.
///
/// There is one list, as there is one process: a signal that ends it asks nobody in particular. ``SignalCleanup`` reads it.
package final class Leftovers: Sendable {
  /// This process's.
  package static let ofProcess = Leftovers()

  private struct State {
    var processes: Set<pid_t> = []
    var folders: Set<String> = []
    var removals: [Int: @Sendable () -> Void] = [:]
    var lastRemoval = 0
  }

  /// Seconds that programs have to end by themselves.
  private static let grace = 1.0

  private let state = Mutex(State())

  private init() {}

  /// Adds a folder that is about to be made.
  package func add(folder: String) {
    state.withLock { _ = $0.folders.insert(folder) }
  }

  /// Forgets a folder, which was removed.
  package func forget(folder: String) {
    state.withLock { _ = $0.folders.remove(folder) }
  }

  /// Does some work, and what removes its beginnings, should this process end before it is done.
  package func removing<Result>(
    with removal: @escaping @Sendable () -> Void, _ work: () throws -> Result
  ) rethrows -> Result {
    let number = state.withLock { state in
      state.lastRemoval += 1
      state.removals[state.lastRemoval] = removal
      return state.lastRemoval
    }
    defer { state.withLock { _ = $0.removals.removeValue(forKey: number) } }
    return try work()
  }

  /// Starts a program and adds it. No signal comes in between.
  func adding(_ start: () throws(SubprocessError) -> pid_t) throws(SubprocessError) -> pid_t {
    try state.withLock { state throws(SubprocessError) in
      let process = try start()
      state.processes.insert(process)
      return process
    }
  }

  /// Forgets a program that has ended, and collects it: from now on its number may be another's.
  func forgetting<Ending>(_ process: pid_t, _ collect: () -> Ending) -> Ending {
    state.withLock { state in
      state.processes.remove(process)
      return collect()
    }
  }

  /// Ends the programs, removes folders and files, and calls what ends this process. Whoever waits for one of the programs waits until then
  /// and has no time to complain.
  func clear(thenEnd end: () -> Void) {
    state.withLock { state in
      for process in state.processes { ProcessGroup.send(SIGTERM, to: process) }
      let deadline = ContinuousClock.now + .seconds(Self.grace)
      while !state.processes.allSatisfy(ProcessGroup.hasEnded), ContinuousClock.now < deadline { usleep(5000) }
      // Who ignores the signal, and what was started by who does not.
      for process in state.processes { ProcessGroup.send(SIGKILL, to: process) }
      for folder in state.folders { try? FileManager.default.removeItem(atPath: folder) }
      for removal in state.removals.values { removal() }
      end()
    }
  }
}
