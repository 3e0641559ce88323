import Hummingbird
import Logging
import OpenAIProtocol

/// Takes note of each request: in the log and in the metrics.
struct RecordMiddleware: RouterMiddleware {
  let metrics: ServerMetrics
  let logger: Logger

  func handle(
    _ request: Request, context: ConnectionContext,
    next: (Request, ConnectionContext) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    let (path, status) = (context.endpointPath ?? "NotFound", response.status.code)
    // What is wrong with a HEAD is said by the status.
    if request.method == .head { response = response.createHeadResponse() }
    guard response.body.contentLength == nil else {
      record(request, context, path, status)
      return response
    }
    // Whether a stream comes to its end is known there.
    let body = response.body
    response.body = ResponseBody { writer in
      do {
        try await body.write(writer)
        record(request, context, path, status)
      } catch {
        record(request, context, path, APIError.cancelled.status)
        throw error
      }
    }
    return response
  }

  private func record(_ request: Request, _ context: ConnectionContext, _ path: String, _ status: Int) {
    metrics.count(path: path, status: status)
    logger.info(
      "request",
      metadata: [
        "method": "\(request.method)", "path": "\(request.uri.path)", "status": "\(status)",
        "seconds": "\((ContinuousClock.now - context.arrival) / .seconds(1))",
      ])
  }
}
