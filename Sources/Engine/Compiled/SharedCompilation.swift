import Foundation
import Synchronization

/// The one compilation of a model that an engine and its copies wait for.
///
/// It outlives the run that started it: what one run is too short to use is there for the next.
final class SharedCompilation: Sendable {
  private struct State {
    var compilation: BackgroundCompilation?
    /// Whether a run has told its user that nothing has come of it.
    var isFailureTold = false
  }

  private let state = Mutex(State())

  /// The compilation, begun if it has not been.
  func begin(_ model: PlannedModel, cache: CodeCache) -> BackgroundCompilation {
    state.withLock { state in
      if let compilation = state.compilation { return compilation }
      let new = BackgroundCompilation(model, cache: cache)
      state.compilation = new
      return new
    }
  }

  /// Whether a compilation was begun and has not ended.
  var isUnfinished: Bool {
    guard case .unfinished = state.withLock({ $0.compilation?.outcome }) else { return false }
    return true
  }

  /// Remembers that a run tells its user why nothing has come of the compilation.
  func noteFailureTold() {
    state.withLock { $0.isFailureTold = true }
  }

  /// Waits until the compilation that was begun, if one was, has ended, and stops it if that takes too long.
  ///
  /// - Parameter limit: seconds to wait at most.
  /// - Returns: why nothing has come of it, unless a run has told that.
  func finish(within limit: Double) -> CompilationError? {
    let (compilation, isFailureTold) = state.withLock { ($0.compilation, $0.isFailureTold) }
    compilation?.finish(within: limit)
    guard case .failed(let error) = compilation?.outcome, !isFailureTold else { return nil }
    return error
  }
}
