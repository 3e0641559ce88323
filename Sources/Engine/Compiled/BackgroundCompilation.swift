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
  }

  private let result = Result()
  private let run = CompilerRun()

  /// Starts to compile a model, unless its code is in the cache by now.
  init(_ model: PlannedModel, cache: CodeCache) {
    Thread.detachNewThread { [result, run] in
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

  var outcome: Outcome {
    result.outcome.withLock { $0 }
  }
}
