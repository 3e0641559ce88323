import Foundation

/// What is sent: the fields of OpenAI's interface that every server knows.
struct RequestBody: Encodable {
  struct Message: Encodable {
    var role = "user"
    var content: String
  }

  struct StreamOptions: Encodable {
    var includeUsage = true
  }

  var model: String
  var messages: [Message]?
  var prompt: String?
  var maxTokens: Int
  var temperature = 0
  var stream: Bool
  var streamOptions: StreamOptions?

  init(_ request: LoadPlan.Request, for target: LoadTarget) {
    model = target.model
    switch target.endpoint {
    case .chat: messages = [Message(content: request.prompt)]
    case .completions: prompt = request.prompt
    }
    maxTokens = request.maxTokens
    stream = target.streams
    streamOptions = target.streams ? StreamOptions() : nil
  }

  /// The body as JSON.
  func encoded() throws -> Data {
    let encoder = JSONEncoder()
    encoder.keyEncodingStrategy = .convertToSnakeCase
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }
}
