import Foundation
package import Threads

/// Where generations are computed: not on the threads that all tasks share, which must not be held for as long as a token takes.
package enum GenerationExecutor {
  /// For what is short beside a step of a model: requests are read, answers put together.
  package static let shared = ThreadExecutor(
    "requests", threads: max(4, ProcessInfo.processInfo.activeProcessorCount))

  /// A thread for one generation, or for the steps of one engine, so that it keeps nobody waiting however long it goes on.
  package static func own() -> ThreadExecutor { ThreadExecutor("generation") }
}
