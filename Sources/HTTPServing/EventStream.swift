import ChatTemplate
import Hummingbird
import NIOCore
import OpenAIProtocol
import ServedModels

/// Answers as server-sent events, each with a JSON object, the last `[DONE]`.
struct EventStream: Sendable {
  /// The objects that come before the first part.
  var beginning: [JSONValue] = []
  /// The object that a part becomes; nil for none. Called for one part after the other.
  let chunk: @Sendable (AnswerPart) -> JSONValue?

  /// The response, once the first part has come: what goes wrong before has a status of its own.
  func response(_ answers: AnswerStream) async throws -> Response {
    var first: AnswerPart?
    for try await part in answers {
      first = part
      break
    }
    let head = beginning + (first.flatMap(chunk).map { [$0] } ?? [])
    let body = ResponseBody { writer in
      try await writer.write(contentsOf: head.map(Self.event))
      do {
        for try await part in answers {
          if let object = chunk(part) { try await writer.write(Self.event(object)) }
        }
        try await writer.write(ByteBuffer(string: "data: [DONE]\n\n"))
      } catch let error as APIError {
        try await writer.write(Self.event(error.json))
      }
      try await writer.finish(nil)
    }
    return Response(
      status: .ok,
      headers: [.contentType: "text/event-stream; charset=utf-8", .cacheControl: "no-cache"], body: body)
  }

  private static func event(_ object: JSONValue) -> ByteBuffer {
    var bytes = Array("data: ".utf8)
    object.write(to: &bytes)
    bytes += "\n\n".utf8
    return ByteBuffer(bytes: bytes)
  }
}
