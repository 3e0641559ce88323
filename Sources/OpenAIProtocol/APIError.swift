package import ChatTemplate

/// Why a request is not answered, as OpenAI's clients read it: a kind, one line, and the parameter that is at fault.
package struct APIError: Error, Hashable, Sendable {
  /// The sort of failure, which decides the status of the response.
  package enum Kind: Hashable, Sendable {
    /// The request is not what was expected.
    case invalidRequest
    /// There is no key, or not one that is known.
    case authentication
    /// There is no such model or path.
    case notFound
    /// The path does not take this method.
    case methodNotAllowed
    /// The client took too long to send the request.
    case requestTimeout
    /// The request has more bytes than are read.
    case tooLarge
    /// The client went away before it was answered.
    case cancelled
    /// Too many requests wait.
    case tooManyRequests
    /// The server stops, or the request waited too long.
    case unavailable
    /// The answer could not be computed.
    case server
  }

  package var kind: Kind
  /// What was expected, in one line.
  package var message: String
  /// The request's parameter that is at fault, such as `messages[0].role`.
  package var parameter: String?
  /// A word for code that reacts to it, such as `context_length_exceeded`.
  package var code: String?
  /// After how many seconds another try may succeed.
  package var retryAfter: Int?

  package init(_ kind: Kind, _ message: String, parameter: String? = nil, code: String? = nil, retryAfter: Int? = nil) {
    self.kind = kind
    self.message = message
    self.parameter = parameter
    self.code = code
    self.retryAfter = retryAfter
  }
}

extension APIError {
  /// That nobody waits for the answer any more; servers count it by the status that nginx has for it, 499.
  package static var cancelled: APIError { APIError(.cancelled, "the client closed the connection") }

  /// That the server takes no more requests.
  package static var stopping: APIError {
    APIError(.unavailable, "the server stops", code: "server_stopping", retryAfter: 5)
  }
}

extension APIError: CustomStringConvertible {
  package var description: String { message }
}

extension APIError {
  /// The status of the response.
  package var status: Int {
    switch kind {
    case .invalidRequest: 400
    case .authentication: 401
    case .notFound: 404
    case .methodNotAllowed: 405
    case .requestTimeout: 408
    case .tooLarge: 413
    case .tooManyRequests: 429
    case .cancelled: 499
    case .unavailable: 503
    case .server: 500
    }
  }

  /// OpenAI's name for the kind.
  package var type: String {
    switch kind {
    case .invalidRequest, .notFound, .methodNotAllowed, .requestTimeout, .tooLarge, .cancelled:
      "invalid_request_error"
    case .authentication: "authentication_error"
    case .tooManyRequests: "rate_limit_error"
    case .unavailable: "service_unavailable_error"
    case .server: "server_error"
    }
  }

  /// OpenAI's error object.
  package var json: JSONValue {
    [
      "error": [
        "message": .string(message), "type": .string(type), "param": parameter.map(JSONValue.string) ?? .null,
        "code": code.map(JSONValue.string) ?? .null,
      ]
    ]
  }
}
