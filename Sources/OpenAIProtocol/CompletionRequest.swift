import ChatTemplate

/// A request to go on with texts: the body of `/v1/completions`.
package struct CompletionRequest: Hashable, Sendable {
  /// What to go on from.
  package enum Prompt: Hashable, Sendable {
    case text(String)
    case tokens([Int])
  }

  package var model: String
  /// At least one.
  package var prompts: [Prompt]
  /// Whether answers begin with their prompts.
  package var echoes = false
  /// With how many of the most probable tokens each token is told; nil for none.
  package var logProbabilities: Int?
  package var generation = GenerationFields()
  /// What only compiled programs take.
  package var program = ProgramFields()
  package var origin = RequestOrigin()

  /// The most prompts of one request.
  package static let mostPrompts = 256
  /// The most tokens of a language model's answer when a request does not say: OpenAI's default.
  package static let defaultMaxTokens = 16

  package init(model: String, prompts: [Prompt]) {
    self.model = model
    self.prompts = prompts
  }

  /// - Throws: `APIError`, which names the first parameter that is not as expected.
  package init(_ fields: RequestFields) throws(APIError) {
    model = try fields.requiredString("model")
    prompts = try Self.prompts(fields)
    echoes = try fields.bool("echo") ?? false
    logProbabilities = try fields.integer("logprobs", in: 0...20)
    if let suffix = try fields.string("suffix"), !suffix.isEmpty {
      throw fields.error("suffix", "not supported; expected none", code: "unsupported_parameter")
    }
    guard !echoes || logProbabilities == nil else {
      throw fields.error("echo", "expected only where 'logprobs' is absent", code: "unsupported_parameter")
    }
    generation = try GenerationFields(fields)
    if let best = try fields.integer("best_of", in: 1 ... .max), best != generation.count {
      throw fields.error("best_of", "expected as many as 'n'", code: "unsupported_parameter")
    }
    program = try ProgramFields(fields)
    origin = try RequestOrigin(fields)
  }

  private static func prompts(_ fields: RequestFields) throws(APIError) -> [Prompt] {
    let expected = "a text, an array of texts, token numbers, or an array of arrays of them"
    guard let value = fields.value("prompt") else { throw fields.mismatch("prompt", expected: expected) }
    if let text = value.stringValue { return [.text(text)] }
    guard let elements = value.arrayValue, let first = elements.first else {
      throw fields.mismatch("prompt", expected: expected)
    }
    if first.numberValue != nil { return [.tokens(try fields.tokens("prompt") ?? [])] }
    guard elements.count <= mostPrompts else {
      throw fields.error("prompt", "expected at most \(mostPrompts) prompts, found \(elements.count)")
    }
    var prompts: [Prompt] = []
    for (index, element) in elements.enumerated() {
      if let text = element.stringValue {
        prompts.append(.text(text))
      } else {
        let name = "prompt[\(index)]"
        guard element.arrayValue != nil, let tokens = try RequestFields([name: element]).tokens(name), !tokens.isEmpty
        else { throw fields.error(name, "expected a text or token numbers, found \(RequestFields.describe(element))") }
        prompts.append(.tokens(tokens))
      }
    }
    return prompts
  }
}
