package import OpenAIProtocol
package import Serving
package import Tokenizer

/// Makes one answer of the tokens that a model chooses: text of whole characters, up to the first text that ends it.
package struct AnswerBuilder: Sendable {
  /// What an answer is made by.
  package struct Form: Sendable {
    /// Tells thoughts and calls from the answer; nil where all is text.
    package var parser: AnswerParser?
    /// Texts that end the answer.
    package var stops: [String] = []
    /// Whether an answer ends with its first call.
    package var endsAfterCall = false

    package init() {}
  }

  private let choice: Int
  private let tokenizer: Tokenizer
  private let endsAfterCall: Bool
  private var decoder: StreamingDecoder
  private var stops: StopStringFinder
  private var parser: AnswerParser?
  private var probabilities = HeldProbabilities()
  private var hasCalls = false

  /// Tokens that were thoughts.
  package private(set) var reasoningTokens = 0

  package init(choice: Int, _ form: Form, _ tokenizer: Tokenizer) {
    self.choice = choice
    self.tokenizer = tokenizer
    endsAfterCall = form.endsAfterCall
    decoder = tokenizer.streamingDecoder(skipSpecialTokens: true)
    stops = StopStringFinder(form.stops)
    parser = form.parser
  }

  /// Whether the answer ends here, whatever else the model would say.
  package var isComplete: Bool { stops.found != nil || (endsAfterCall && parser?.wholeCalls ?? 0 > 0) }

  /// What is certain now that a token has come.
  package mutating func append(_ chosen: ChosenToken) -> AnswerDelta {
    if parser?.isInThought == true { reasoningTokens += 1 }
    let text = decoder.append(chosen.token)
    probabilities.append(chosen.probability(tokenizer), textBytes: text.utf8.count)
    let sure = stops.append(text)
    var delta = AnswerDelta(choice: choice)
    delta.logProbabilities = probabilities.release(textBytes: sure.utf8.count)
    let pieces = parser?.append(sure) ?? [.content(sure)]
    take(pieces, into: &delta)
    return delta
  }

  /// The rest of the answer.
  ///
  /// - Parameter reason: why the model said no more.
  package mutating func finish(_ reason: FinishReason) -> AnswerDelta {
    var delta = AnswerDelta(choice: choice)
    var rest = ""
    if !isComplete {
      rest = stops.append(decoder.finish())
      rest += stops.finish()
      delta.logProbabilities = stops.found == nil ? probabilities.releaseAll() : []
    }
    let pieces = (parser?.append(rest) ?? [.content(rest)]) + (parser?.finish() ?? [])
    take(pieces, into: &delta)
    delta.finishReason = isComplete ? .stop : reason
    if hasCalls, delta.finishReason == .stop { delta.finishReason = .toolCalls }
    return delta
  }

  private mutating func take(_ pieces: [AnswerParser.Piece], into delta: inout AnswerDelta) {
    for piece in pieces {
      switch piece {
      case .content(let text): delta.content += text
      case .thought(let text): delta.reasoning += text
      case .call(let call):
        if call.beginning != nil { hasCalls = true }
        delta.add(call)
      }
    }
  }
}

extension AnswerDelta {
  /// Adds more of a call, to what there is of it.
  fileprivate mutating func add(_ call: ToolCallDelta) {
    if call.beginning == nil, let last = toolCalls.indices.last, toolCalls[last].index == call.index {
      toolCalls[last].arguments += call.arguments
    } else {
      toolCalls.append(call)
    }
  }
}

extension ChosenToken {
  /// How probable the token was; nil where that was not asked for.
  fileprivate func probability(_ tokenizer: Tokenizer) -> TokenLogProbability? {
    guard let logProbability else { return nil }
    return TokenLogProbability(
      chosen: .init(bytes: tokenizer.bytes(of: token), logProbability: logProbability),
      best: candidates.map { .init(bytes: tokenizer.bytes(of: $0.token), logProbability: $0.logProbability) })
  }
}
