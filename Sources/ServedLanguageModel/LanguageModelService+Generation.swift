import LanguageModel
import MILI
import OpenAIProtocol
import PrefixTree
import Serving

extension LanguageModelService {
  /// What the engine is asked for; what the request does not say is as the checkpoint recommends.
  ///
  /// - Throws: for tokens that the model does not have.
  func generationRequest(
    _ prompt: [Int], _ fields: GenerationFields, _ origin: RequestOrigin, thinks: Bool, logProbabilities: Int?
  ) throws(APIError) -> GenerationRequest {
    let size = context.tokenizer.vocabularySize
    for (name, tokens) in [("logit_bias", Array(fields.logitBias.keys)), ("stop_token_ids", fields.stopTokens)] {
      guard let token = tokens.first(where: { $0 >= size }) else { continue }
      throw APIError(
        .invalidRequest, "'\(name)': expected token numbers below \(size), found \(token)", parameter: name)
    }
    var request = GenerationRequest(
      prompt: prompt, parameters: parameters(fields, thinks: thinks), tokenLimit: size)
    if !fields.logitBias.isEmpty { request.processors.append(LogitBias(bias: fields.logitBias.mapValues(Float.init))) }
    if fields.ignoresEnd { request.processors.append(EndSuppression(tokens: context.model.stopTokens)) }
    request.logProbabilities = logProbabilities
    request.namespace = PrefixNamespace(model: card.id, salt: origin.cacheSalt)
    request.client = origin.client
    request.program = origin.program
    request.priority = origin.priority
    request.isContinuation = origin.continuesAnswer
    return request
  }

  private func parameters(_ fields: GenerationFields, thinks: Bool) -> GenerateParameters {
    var parameters = context.recommendedParameters(thinking: thinks)
    func replace(_ place: WritableKeyPath<GenerateParameters, Float>, with value: Double?) {
      if let value { parameters[keyPath: place] = Float(value) }
    }
    replace(\.temperature, with: fields.temperature)
    replace(\.topP, with: fields.topP)
    replace(\.minP, with: fields.minP)
    replace(\.repetitionPenalty, with: fields.repetitionPenalty)
    replace(\.presencePenalty, with: fields.presencePenalty)
    replace(\.frequencyPenalty, with: fields.frequencyPenalty)
    parameters.topK = fields.topK ?? parameters.topK
    parameters.maxTokens = fields.maxTokens
    parameters.seed = fields.seed.map { UInt64(bitPattern: Int64($0)) }
    parameters.extraStopTokens = Set(fields.stopTokens)
    return parameters
  }
}
