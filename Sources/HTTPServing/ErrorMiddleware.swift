import Hummingbird
import Logging
import OpenAIProtocol

/// Makes OpenAI's error objects of all that goes wrong.
struct ErrorMiddleware: RouterMiddleware {
  /// The paths that there are, with their methods.
  let methods: [String: [String]]

  func handle(
    _ request: Request, context: ConnectionContext,
    next: (Request, ConnectionContext) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as APIError {
      return error.response
    } catch let error as HTTPError {
      var response = apiError(error, request).response
      if response.status == .methodNotAllowed {
        response.headers[.allow] = allowed(request.uri.path)?.flatMap { $0 == "GET" ? ["GET", "HEAD"] : [$0] }
          .joined(separator: ", ")
      }
      return response
    } catch is CancellationError {
      // Nobody reads this: the client has gone.
      return APIError.cancelled.response
    }
  }

  /// The methods of a path; nil where there is no such path.
  private func allowed(_ path: String) -> [String]? {
    methods[path.hasPrefix("/v1/models/") ? "/v1/models" : path]
  }

  private func apiError(_ error: HTTPError, _ request: Request) -> APIError {
    let path = request.uri.path
    if error.status == .notFound {
      guard let allowed = allowed(path) else {
        return APIError(.notFound, "no such path: \(path.prefix(64))", code: "unknown_url")
      }
      return APIError(
        .methodNotAllowed, "\(path): expected \(allowed.joined(separator: " or "))", code: "method_not_allowed")
    }
    return APIError(.invalidRequest, error.body ?? error.status.reasonPhrase)
  }
}

extension APIError {
  /// The error as a response. Where the rest of a request is not going to be read, it says that the connection ends.
  var response: Response {
    var response = Response(json, status: .init(code: status))
    if let retryAfter { response.headers[.retryAfter] = String(retryAfter) }
    if kind == .authentication { response.headers[.wwwAuthenticate] = "Bearer" }
    if kind == .tooLarge || kind == .requestTimeout || code == Self.stopping.code {
      response.headers[.connection] = "close"
    }
    return response
  }
}
