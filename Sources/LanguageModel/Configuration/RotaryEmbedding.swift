import Foundation

/// Which angles a model turns its queries and keys by.
public struct RotaryEmbedding: Hashable, Sendable {
  /// The base of the frequencies.
  public var theta: Double
  /// The stretching of the frequencies for long contexts; nil when there is none.
  public var scaling: YaRN?

  public init(theta: Double, scaling: YaRN? = nil) {
    self.theta = theta
    self.scaling = scaling
  }

  /// YaRN: slow frequencies are divided by a factor, fast ones are kept, those between are mixed.
  public struct YaRN: Hashable, Sendable {
    /// How many times longer the context is made.
    public var factor: Double
    /// The positions that the model was trained for.
    public var originalPositions: Int
    /// What cosines and sines are multiplied by.
    public var attentionFactor: Double
    /// Frequencies with at least so many turns in the original context are kept.
    public var fastTurns: Double = 32
    /// Frequencies with at most so many turns are divided by the factor.
    public var slowTurns: Double = 1
    /// Whether the borders between them are rounded to whole frequencies.
    public var roundsBorders = true

    public init(factor: Double, originalPositions: Int, attentionFactor: Double) {
      self.factor = factor
      self.originalPositions = originalPositions
      self.attentionFactor = attentionFactor
    }
  }

  /// The inverse frequencies of a head, half of its size, computed in binary32 as the reference does.
  package func frequencies(headSize: Int) -> [Float] {
    let half = headSize / 2
    let periods = (0..<half).map { index in
      Float(pow(theta, Double(Float(2 * index) / Float(headSize))))
    }
    guard let scaling else { return periods.map { 1 / $0 } }
    let (low, high) = scaling.border(theta: theta, headSize: headSize)
    return periods.enumerated().map { index, period in
      let ramp = min(max((Float(index) - low) / (high - low), 0), 1)
      let kept = 1 - ramp
      return 1 / (Float(scaling.factor) * period) * (1 - kept) + 1 / period * kept
    }
  }
}

extension RotaryEmbedding.YaRN {
  /// Frequencies before `low` are kept, those after `high` are divided; low ≠ high.
  fileprivate func border(theta: Double, headSize: Int) -> (low: Float, high: Float) {
    func index(turns: Double) -> Double {
      Double(headSize) * log(Double(originalPositions) / (turns * 2 * .pi)) / (2 * log(theta))
    }
    var low = index(turns: fastTurns)
    var high = index(turns: slowTurns)
    if roundsBorders { (low, high) = (low.rounded(.down), high.rounded(.up)) }
    low = max(low, 0)
    high = min(high, Double(headSize - 1))
    return (Float(low), Float(low == high ? high + 0.001 : high))
  }
}

extension RotaryEmbedding {
  /// Reads `rope_scaling`, or else `rope_parameters`, and `rope_theta` where that has none.
  ///
  /// As in transformers, a `rope_scaling` that says anything takes the place of all of `rope_parameters`.
  init(_ json: JSONSettings) throws(LanguageModelError) {
    let current = try json.object("rope_parameters")
    let older = try json.object("rope_scaling").flatMap { $0.keys.isEmpty ? nil : $0 }
    let parameters = older ?? current
    let ownTheta = try parameters?.number("rope_theta")
    let outerTheta = try json.number("rope_theta")
    if older != nil, ownTheta == nil, outerTheta == nil, try current?.number("rope_theta") != nil {
      // transformers takes 10000 here, which whoever wrote the file cannot have meant.
      throw LanguageModelError(
        .configuration, file: json.file,
        "rope_scaling takes the place of rope_parameters: expected a rope_theta in rope_scaling or beside it")
    }
    theta = ownTheta ?? outerTheta ?? 10_000
    guard theta > 1 else {
      throw LanguageModelError(.configuration, file: json.file, "rope_theta must be greater than 1")
    }
    let outerShare = try json.number("partial_rotary_factor")
    guard try parameters?.number("partial_rotary_factor") ?? outerShare ?? 1 == 1 else {
      throw LanguageModelError(.unsupported, file: json.file, "partial_rotary_factor is not supported")
    }
    let type = try parameters?.string("rope_type", "type") ?? "default"
    switch (type, parameters) {
    case ("default", _): scaling = nil
    case ("yarn", let parameters?): scaling = try YaRN(parameters, json)
    default: throw LanguageModelError(.unsupported, file: json.file, "rope_type \(type) is not supported")
    }
  }
}

extension RotaryEmbedding.YaRN {
  init(_ parameters: JSONSettings, _ json: JSONSettings) throws(LanguageModelError) {
    let maximum = try json.integer("max_position_embeddings", from: 1) ?? 32768
    originalPositions = try parameters.integer("original_max_position_embeddings", from: 1) ?? maximum
    factor = try parameters.number("factor") ?? Double(maximum) / Double(originalPositions)
    fastTurns = try parameters.number("beta_fast") ?? 32
    slowTurns = try parameters.number("beta_slow") ?? 1
    roundsBorders = try parameters.bool("truncate") ?? true
    guard factor > 0, fastTurns > 0, slowTurns > 0 else {
      throw LanguageModelError(.configuration, file: json.file, "factor, beta_fast and beta_slow must be positive")
    }

    let stretch = factor > 1 ? 0.1 * log(factor) : 0
    func attention(_ scale: Double) -> Double { stretch * scale + 1 }
    let numerator = try parameters.number("mscale") ?? 0
    let denominator = try parameters.number("mscale_all_dim") ?? 0
    let usual = numerator != 0 && denominator != 0 ? attention(numerator) / attention(denominator) : attention(1)
    attentionFactor = try parameters.number("attention_factor") ?? usual
    guard Float(attentionFactor).isFinite else {
      throw LanguageModelError(
        .configuration, file: json.file, "attention_factor must be a number within the range of binary32")
    }
  }
}
