/// How tokens are chosen, and how many.
///
/// The order is that of transformers: penalties, temperature, top-k, top-p, min-p.
public struct GenerateParameters: Hashable, Sendable {
  /// The most tokens to generate; nil for as many as the context holds.
  public var maxTokens: Int?
  /// What logits are divided by; 0 always takes the most probable token.
  public var temperature: Float
  /// Keeps the most probable tokens until their probabilities reach this sum; 1 keeps all, 0 the most probable one.
  public var topP: Float
  /// Keeps so many most probable tokens, and those as probable as the last of them; 0 keeps all.
  public var topK: Int
  /// Keeps tokens at least so probable as this share of the most probable one; 0 keeps all.
  public var minP: Float
  /// What the positive logits of tokens that occurred, in the prompt too, are divided by and the negative multiplied; 1
  /// changes nothing.
  public var repetitionPenalty: Float
  /// How many of the last tokens the repetition penalty looks at; nil for all.
  public var repetitionContextSize: Int?
  /// What is subtracted from the logits of tokens generated before.
  public var presencePenalty: Float
  /// What is subtracted from the logits of tokens for each time they were generated before.
  public var frequencyPenalty: Float
  /// Makes the choices reproducible; nil for other choices each time.
  public var seed: UInt64?
  /// Tokens that end the text besides the model's own.
  public var extraStopTokens: Set<Int>
  /// Tokens of a prompt that are computed at once.
  public var prefillStepSize: Int
  /// The most tokens to guess ahead from what followed the same tokens earlier, at most 256; 0 guesses none. The result
  /// is the same.
  public var draftTokens: Int

  /// Memory is set aside for so many positions.
  private static let largestDraft = 256

  public init(
    maxTokens: Int? = nil, temperature: Float = 0.6, topP: Float = 1, topK: Int = 0, minP: Float = 0,
    repetitionPenalty: Float = 1, repetitionContextSize: Int? = nil, presencePenalty: Float = 0,
    frequencyPenalty: Float = 0, seed: UInt64? = nil, extraStopTokens: Set<Int> = [], prefillStepSize: Int = 512,
    draftTokens: Int = 0
  ) {
    self.maxTokens = maxTokens
    self.temperature = temperature
    self.topP = topP
    self.topK = topK
    self.minP = minP
    self.repetitionPenalty = repetitionPenalty
    self.repetitionContextSize = repetitionContextSize
    self.presencePenalty = presencePenalty
    self.frequencyPenalty = frequencyPenalty
    self.seed = seed
    self.extraStopTokens = extraStopTokens
    self.prefillStepSize = prefillStepSize
    self.draftTokens = draftTokens
  }

  /// What Qwen3's authors recommend when the model thinks first.
  public static let thinking = GenerateParameters(temperature: 0.6, topP: 0.95, topK: 20)
  /// What Qwen3's authors recommend when it answers at once.
  public static let nonThinking = GenerateParameters(temperature: 0.7, topP: 0.8, topK: 20)
  /// The most probable token each time.
  public static let greedy = GenerateParameters(temperature: 0)

  /// Refuses values outside their ranges, by their names as they are spelled where the values come from.
  package func check(spelling name: ParameterSpelling = .property) throws(LanguageModelError) {
    func require(_ condition: Bool, _ property: String, _ range: String) throws(LanguageModelError) {
      if !condition { throw LanguageModelError(.argument, "\(name(property)) must \(range)") }
    }
    try require(maxTokens ?? 0 >= 0, "maxTokens", "not be negative")
    try require(temperature >= 0 && temperature.isFinite, "temperature", "be 0 or more")
    try require(topP >= 0 && topP <= 1, "topP", "be from 0 to 1")
    try require(topK >= 0, "topK", "not be negative")
    try require(minP >= 0 && minP <= 1, "minP", "be from 0 to 1")
    try require(repetitionPenalty > 0 && repetitionPenalty.isFinite, "repetitionPenalty", "be more than 0")
    try require(repetitionContextSize ?? 0 >= 0, "repetitionContextSize", "not be negative")
    try require(presencePenalty.isFinite, "presencePenalty", "be finite")
    try require(frequencyPenalty.isFinite, "frequencyPenalty", "be finite")
    try require(prefillStepSize >= 1, "prefillStepSize", "be at least 1")
    try require((0...Self.largestDraft).contains(draftTokens), "draftTokens", "be from 0 to \(Self.largestDraft)")
  }
}
