import OpenAIProtocol
import ServedPrograms

extension APIError {
  /// Why a program is not executed.
  init(_ error: ProgramServingError) {
    switch error.kind {
    case .unknownProgram: self.init(.notFound, error.description, parameter: "model", code: "model_not_found")
    case .invalidModule:
      self.init(.invalidRequest, "'program': \(error)", parameter: "program", code: "invalid_program")
    case .input: self.init(.invalidRequest, error.description, parameter: "prompt")
    case .tooLarge: self.init(.invalidRequest, error.description, code: "context_length_exceeded")
    case .overloaded: self.init(.tooManyRequests, error.description, code: "rate_limit_exceeded", retryAfter: 1)
    case .timedOut: self.init(.unavailable, error.description, code: "queue_timeout", retryAfter: 5)
    case .closed: self = .stopping
    case .failed: self.init(.server, error.description)
    }
  }

  /// Why a run was not finished.
  init(_ error: any Error) {
    switch error {
    case let error as APIError: self = error
    case let error as ProgramServingError: self.init(error)
    case is CancellationError: self = .cancelled
    default: self.init(.server, "the answer could not be computed")
    }
  }
}
