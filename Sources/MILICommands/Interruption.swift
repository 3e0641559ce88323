import Dispatch

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

/// Makes Ctrl-C stop what is going on instead of the program.
enum Interruption {
  /// The value of a task that Ctrl-C cancels.
  static func cancelling<Value: Sendable>(_ task: Task<Value, any Error>) async throws -> Value {
    signal(SIGINT, SIG_IGN)
    let source = DispatchSource.makeSignalSource(signal: SIGINT, queue: .global())
    source.setEventHandler { task.cancel() }
    source.resume()
    defer {
      source.cancel()
      signal(SIGINT, SIG_DFL)
    }
    return try await task.value
  }
}
