import Hummingbird
import OpenAIProtocol

/// Turns requests away that do not bring a key, where keys are wanted.
struct KeyMiddleware: RouterMiddleware {
  let keys: APIKeys
  /// The paths that need no key.
  let open: Set<String>

  func handle(
    _ request: Request, context: ConnectionContext,
    next: (Request, ConnectionContext) async throws -> Response
  ) async throws -> Response {
    guard !keys.isEmpty, !open.contains(request.uri.path) else { return try await next(request, context) }
    guard let number = keys.number(of: request.headers[.authorization]) else {
      throw APIError(
        .authentication, "expected a key of this server in the header 'Authorization: Bearer KEY'",
        code: "invalid_api_key")
    }
    var context = context
    context.key = number
    return try await next(request, context)
  }
}
