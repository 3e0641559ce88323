import Hummingbird
import NIOCore
import OpenAIProtocol
import ServiceLifecycle

extension Request {
  /// The members of the JSON object that is the body.
  ///
  /// - Throws: `APIError` when it is none, too large or too slow.
  func fields(_ limits: ServerConfiguration) async throws -> RequestFields {
    try RequestFields(body: try await body(limits))
  }

  private func body(_ limits: ServerConfiguration) async throws -> [UInt8] {
    let tooLarge = APIError(.tooLarge, "expected a body of at most \(limits.largestBody) bytes")
    if let length = headers[.contentLength].flatMap({ Int($0) }), length > limits.largestBody { throw tooLarge }
    let body = body
    return try await withThrowingTaskGroup(of: [UInt8]?.self) { group in
      group.addTask {
        do {
          let buffer = try await body.collect(upTo: limits.largestBody)
          return Array(buffer.readableBytesView)
        } catch is NIOTooManyBytesError {
          throw tooLarge
        }
      }
      group.addTask {
        try await limits.sleep(limits.bodyTimeout)
        return nil
      }
      group.addTask {
        // What has not come by then would not be answered, and the server would wait for it.
        try await gracefulShutdown()
        throw APIError.stopping
      }
      defer { group.cancelAll() }
      guard let bytes = try await group.next() ?? nil else {
        throw APIError(.requestTimeout, "expected the whole body within \(limits.bodyTimeout)")
      }
      return bytes
    }
  }
}
