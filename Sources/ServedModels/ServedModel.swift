package import OpenAIProtocol

/// Something that answers requests under a name: a language model, a compiled program.
package protocol ServedModel: Sendable {
  /// What it is called, and what is known of it.
  var card: ModelCard { get }

  /// Whether it is a program that answers a text with what it prints, so that others may call it.
  var isProgram: Bool { get }

  /// Goes on with a conversation.
  ///
  /// - Returns: the parts of all answers; dropping the stream ends them, and it throws `APIError`s alone.
  /// - Throws: when it cannot be answered.
  func answer(_ request: ChatRequest) async throws(APIError) -> AnswerStream

  /// Goes on with texts: the answers to the first prompt come before those to the second.
  ///
  /// - Returns: as of a conversation.
  /// - Throws: when it cannot be answered.
  func complete(_ request: CompletionRequest) async throws(APIError) -> AnswerStream

  /// The tokens that a text or a conversation becomes.
  func tokenize(_ request: TokenizeRequest) async throws(APIError) -> [Int]

  /// The text of tokens.
  func detokenize(_ tokens: [Int]) async throws(APIError) -> String

  /// How things are at the moment.
  func state() async -> ModelState

  /// Takes no more requests, ends those that wait with an error, and returns when the others have ended; what is left after the
  /// limit ends with an error too.
  func close(within limit: Duration) async
}

/// The parts of the answers to one request, as they come.
package typealias AnswerStream = AsyncThrowingStream<AnswerPart, any Error>
