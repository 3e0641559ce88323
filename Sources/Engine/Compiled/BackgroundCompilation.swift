import Foundation
import Synchronization

/// A model being compiled in a thread of its own. When nobody holds it any more, the compiler is stopped.
final class BackgroundCompilation: Sendable {
  /// What has come of it.
  enum Outcome: Sendable {
    case unfinished
    case code(CompiledCode)
    case failed(CompilationError)
  }

  /// What the thread holds: not the compilation itself, so that it ends when nobody else wants it.
  private final class Result: Sendable {
    let outcome = Mutex(Outcome.unfinished)
    /// What is left while the outcome is unfinished.
    let work = DispatchGroup()
  }

  private let result = Result()
  private let run = CompilerRun()

  /// Starts to compile a model, unless its code is in the cache by now.
  init(_ model: PlannedModel, cache: CodeCache) {
    result.work.enter()
    Thread.detachNewThread { [result, run] in
      defer { result.work.leave() }
      let outcome: Outcome
      do throws(CompilationError) {
        outcome = .code(try CompiledCode(of: model, cache: cache, by: run))
      } catch {
        outcome = .failed(error)
      }
      result.outcome.withLock { $0 = outcome }
    }
  }

  deinit {
    run.stop()
  }

  /// Seconds in which a compilation ends whose compiler was stopped.
  private static let stopLimit = 5.0

  /// Waits until something has come of it, and stops the compiler if that takes too long.
  ///
  /// - Parameter limit: seconds to wait at most.
  func finish(within limit: Double) {
    guard result.work.wait(timeout: .now() + limit) == .timedOut else { return }
    run.stop()
    _ = result.work.wait(timeout: .now() + Self.stopLimit)
  }

  var outcome: Outcome {
    result.outcome.withLock { $0 }
  }
}
