import ChatTemplate

/// What chat and completion requests have in common: how tokens are chosen, how many, and how the answer is sent. What a
/// request does not say is nil.
package struct GenerationFields: Hashable, Sendable {
  package var temperature: Double?
  package var topP: Double?
  package var topK: Int?
  package var minP: Double?
  package var repetitionPenalty: Double?
  package var presencePenalty: Double?
  package var frequencyPenalty: Double?
  /// What is added to the logits of tokens.
  package var logitBias: [Int: Double] = [:]
  package var seed: Int?
  /// Texts that end an answer.
  package var stop: [String] = []
  /// Tokens that end an answer.
  package var stopTokens: [Int] = []
  /// Whether answers go on where the model would end them.
  package var ignoresEnd = false
  /// The most tokens of an answer.
  package var maxTokens: Int?
  /// How many answers.
  package var count = 1
  /// Whether the answer is sent as it comes.
  package var isStreamed = false
  /// Whether a stream ends with what it took.
  package var includesUsage = false

  /// The most answers to one prompt.
  package static let largestCount = 128
  /// The most texts that end an answer.
  package static let mostStops = 16

  package init() {}

  /// - Throws: `APIError` for what is out of range or of the wrong type.
  package init(_ fields: RequestFields) throws(APIError) {
    temperature = try fields.number("temperature", in: 0...2)
    topP = try fields.number("top_p", in: 0...1)
    // −1 is what vLLM's clients send for all.
    topK = try fields.integer("top_k", in: -1 ... .max).map { max($0, 0) }
    minP = try fields.number("min_p", in: 0...1)
    repetitionPenalty = try fields.number("repetition_penalty", in: 0.01...100)
    presencePenalty = try fields.number("presence_penalty", in: -2...2)
    frequencyPenalty = try fields.number("frequency_penalty", in: -2...2)
    seed = try fields.integer("seed", in: .min ... .max)
    maxTokens = try fields.integer("max_tokens", in: 1 ... .max)
    count = try fields.integer("n", in: 1...Self.largestCount) ?? 1
    ignoresEnd = try fields.bool("ignore_eos") ?? false
    isStreamed = try fields.bool("stream") ?? false
    includesUsage = try fields.fields("stream_options")?.bool("include_usage") ?? false
    guard isStreamed || fields.value("stream_options") == nil else {
      throw fields.error("stream_options", "expected only where 'stream' is true")
    }
    logitBias = try Self.logitBias(fields)
    stop = try Self.stops(fields)
    stopTokens = try fields.tokens("stop_token_ids") ?? []
  }

  private static func logitBias(_ fields: RequestFields) throws(APIError) -> [Int: Double] {
    guard let object = try fields.object("logit_bias") else { return [:] }
    var bias: [Int: Double] = [:]
    for (key, value) in object {
      guard let token = Int(key), token >= 0 else {
        throw fields.error("logit_bias", "expected token numbers as keys, found \(JSONValue.string(key).jsonText)")
      }
      guard let number = value.numberValue, (-100...100).contains(number) else {
        throw fields.error("logit_bias", "expected numbers from -100 to 100, found \(RequestFields.describe(value))")
      }
      bias[token] = number
    }
    return bias
  }

  private static func stops(_ fields: RequestFields) throws(APIError) -> [String] {
    guard let value = fields.value("stop") else { return [] }
    let texts = (value.arrayValue ?? [value]).map(\.stringValue)
    let stops = texts.compactMap(\.self)
    guard stops.count == texts.count, stops.count <= mostStops, !stops.contains("") else {
      throw fields.mismatch("stop", expected: "a text, or at most \(mostStops) of them, none empty")
    }
    guard stops.allSatisfy({ $0.utf8.count <= 1024 }) else {
      throw fields.error("stop", "expected texts of at most 1024 bytes")
    }
    return stops
  }
}

extension RequestFields {
  /// Token numbers.
  package func tokens(_ name: String) throws(APIError) -> [Int]? {
    guard let elements = try array(name) else { return nil }
    var tokens: [Int] = []
    tokens.reserveCapacity(elements.count)
    for (index, element) in elements.enumerated() {
      guard let token = element.integerValue, token >= 0 else {
        throw error("\(name)[\(index)]", "expected a token number, found \(Self.describe(element))")
      }
      tokens.append(token)
    }
    return tokens
  }
}
