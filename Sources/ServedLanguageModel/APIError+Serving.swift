import Batching
import OpenAIProtocol
import Serving
import Tokenizer

extension APIError {
  /// Why a request is turned away.
  init(_ error: AdmissionError, promptParameter: String) {
    switch error.kind {
    case .argument: self.init(.invalidRequest, error.description, parameter: promptParameter)
    case .promptTooLong:
      self.init(
        .invalidRequest, error.description, parameter: promptParameter, code: "context_length_exceeded")
    case .queueFull, .clientQueueFull:
      self.init(.tooManyRequests, error.description, code: "rate_limit_exceeded", retryAfter: 1)
    case .closed: self = .stopping
    }
  }

  /// Why an answer was not finished.
  init(_ error: any Error) {
    switch error {
    case let error as APIError: self = error
    case let error as ServingError:
      switch error.kind {
      case .timedOut: self.init(.unavailable, error.description, code: "queue_timeout", retryAfter: 5)
      case .closed: self = .stopping
      case .failed: self.init(.server, error.description)
      }
    case is CancellationError: self = .cancelled
    default: self.init(.server, "the answer could not be computed")
    }
  }

  /// Why a template made no prompt of messages: what it says is about the request, since the template worked before.
  init(_ error: TokenizerError) {
    self.init(.invalidRequest, "the chat template refuses the messages: \(error.message)", parameter: "messages")
  }
}
