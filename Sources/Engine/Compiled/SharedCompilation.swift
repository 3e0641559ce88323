import Foundation
import Synchronization

/// The one compilation of a model that an engine and its copies wait for.
///
/// It outlives the run that started it: what one run is too short to use is there for the next.
final class SharedCompilation: Sendable {
  private let compilation = Mutex<BackgroundCompilation?>(nil)

  /// The compilation, begun if it has not been.
  func begin(_ model: PlannedModel, cache: CodeCache) -> BackgroundCompilation {
    compilation.withLock { compilation in
      if let compilation { return compilation }
      let new = BackgroundCompilation(model, cache: cache)
      compilation = new
      return new
    }
  }

  /// Whether a compilation was begun and has not ended.
  var isUnfinished: Bool {
    guard case .unfinished = compilation.withLock({ $0?.outcome }) else { return false }
    return true
  }

  /// Waits until the compilation that was begun, if one was, has ended.
  ///
  /// - Parameter limit: seconds to wait at most.
  func wait(atMost limit: Double) {
    compilation.withLock { $0 }?.wait(atMost: limit)
  }
}
