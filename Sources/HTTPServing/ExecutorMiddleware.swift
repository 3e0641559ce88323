import Hummingbird

/// Answers requests on threads of the server's own.
///
/// Requests alone: what the framework does besides must not prefer an executor. It merges sequences by a lock that is held while
/// its task may change threads, for which a task that prefers an executor takes a lock that whoever cancels it has, and waits.
struct ExecutorMiddleware: RouterMiddleware {
  /// nil for the threads that all tasks share.
  let executor: (any TaskExecutor)?

  func handle(
    _ request: Request, context: ConnectionContext,
    next: (Request, ConnectionContext) async throws -> Response
  ) async throws -> Response {
    try await withTaskExecutorPreference(executor) { try await next(request, context) }
  }
}
