import Foundation

/// What a checkpoint's generation_config.json says: defaults for sampling, and the tokens that end a text.
public struct GenerationConfiguration: Hashable, Sendable {
  /// The defaults.
  public var parameters: GenerateParameters
  /// The tokens that end a text.
  public var stopTokens: Set<Int>

  /// `<|im_end|>` and `<|endoftext|>` of the published tokenizer.
  public static let publishedStopTokens: Set<Int> = [151_645, 151_643]

  /// Reads a model folder's generation_config.json, which samples only if its `do_sample` is true. Without one the defaults
  /// are those for thinking; stop tokens then come from config.json, or are the published tokenizer's.
  public init(folder: String) throws(LanguageModelError) {
    let shapeFile = try JSONSettings(file: "\(folder)/config.json")
    let shapeStops = try shapeFile.integers("eos_token_id")
    let path = "\(folder)/generation_config.json"
    guard FileManager.default.fileExists(atPath: path) else {
      parameters = .thinking
      stopTokens = shapeStops.map(Set.init) ?? Self.publishedStopTokens
      return
    }
    let json = try JSONSettings(file: path)
    // A file that does not ask for sampling means none, as transformers reads it.
    let samples = try json.bool("do_sample") ?? false
    let temperature = try json.float("temperature") ?? 1
    parameters = GenerateParameters(
      temperature: samples ? temperature : 0,
      topP: try json.float("top_p") ?? 1, topK: try json.integer("top_k") ?? 50,
      minP: try json.float("min_p") ?? 0, repetitionPenalty: try json.float("repetition_penalty") ?? 1)
    stopTokens = try json.integers("eos_token_id").map(Set.init) ?? shapeStops.map(Set.init) ?? Self.publishedStopTokens
    do { try parameters.check(spelling: .key) } catch {
      throw LanguageModelError(.configuration, file: path, error.message)
    }
  }
}
