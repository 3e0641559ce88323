import Hummingbird
import Logging

/// Takes note of each request: in the log and in the metrics.
struct RecordMiddleware: RouterMiddleware {
  let metrics: ServerMetrics
  let logger: Logger

  func handle(
    _ request: Request, context: ConnectionContext,
    next: (Request, ConnectionContext) async throws -> Response
  ) async throws -> Response {
    let response = try await next(request, context)
    metrics.count(path: context.endpointPath ?? "NotFound", status: response.status.code)
    logger.info(
      "request",
      metadata: [
        "method": "\(request.method)", "path": "\(request.uri.path)", "status": "\(response.status.code)",
        "seconds": "\((ContinuousClock.now - context.arrival) / .seconds(1))",
      ])
    // What is wrong with a HEAD is said by the status.
    return request.method == .head ? response.createHeadResponse() : response
  }
}
