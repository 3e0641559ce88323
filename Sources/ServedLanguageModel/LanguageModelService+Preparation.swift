import ChatTemplate
import Clients
import MILI
import OpenAIProtocol
import Tokenizer

extension LanguageModelService {
  /// The most bytes of a text that is read in line with all else: some milliseconds' work.
  private static let mostAtOnce = 16 << 10

  /// Does what takes longer the more bytes there are: at once for few of them, in turn for many.
  ///
  /// - Throws: when too much of that waits already, and what the work throws.
  func prepare<Value: Sendable>(
    bytes: Int, for client: Client, _ work: @Sendable () throws(APIError) -> Value
  ) async throws(APIError) -> Value {
    guard bytes > Self.mostAtOnce else { return try work() }
    return try await preparations.run(for: client, cost: PreparationQueue.cost(ofText: bytes), work)
  }

  /// The tokens of a prompt.
  ///
  /// - Throws: when it has more than there is room for, which is found before they are all known.
  func tokens(ofPrompt text: String, addSpecialTokens: Bool = true, _ parameter: String) throws(APIError) -> [Int] {
    let limit = card.longestSequence ?? .max
    guard let tokens = context.tokenizer.encode(text: text, addSpecialTokens: addSpecialTokens, limit: limit) else {
      throw APIError(
        .invalidRequest, "'\(parameter)': expected at most \(limit) tokens, found more", parameter: parameter,
        code: "context_length_exceeded")
    }
    return tokens
  }
}

extension ChatRequest {
  /// About how many bytes the template makes a prompt of.
  var byteCount: Int {
    messages.reduce(0) { $0 + $1.json.byteCount } + tools.definitions.reduce(0) { $0 + $1.json.byteCount }
      + JSONValue.object(templateArguments).byteCount
  }
}

extension JSONValue {
  /// About how many bytes the value has as text.
  fileprivate var byteCount: Int {
    switch self {
    case .string(let text): text.utf8.count + 2
    case .array(let elements): elements.reduce(2) { $0 + $1.byteCount + 1 }
    case .object(let members): zip(members.keys, members.values).reduce(2) { $0 + $1.0.utf8.count + $1.1.byteCount + 4 }
    case .null, .bool, .integer, .largeInteger, .number: 8
    }
  }
}
