public import Foundation
public import LanguageModel
public import Tokenizer

/// A model and its tokenizer: what talking with it takes.
///
/// ```swift
/// let context = try loadModel(directory: URL(filePath: "Qwen3-0.6B"))
/// let session = ChatSession(context)
/// print(try await session.respond(to: "How far is the moon?"))
/// ```
public struct ModelContext: Sendable {
  /// The model.
  public let model: Qwen3Model
  /// Its tokenizer.
  public let tokenizer: Tokenizer

  /// Puts a model and its tokenizer together.
  public init(model: Qwen3Model, tokenizer: Tokenizer) {
    self.model = model
    self.tokenizer = tokenizer
  }
}

/// Opens the folder of a checkpoint as it is downloaded: config.json, safetensors, tokenizer.json and the like.
///
/// - Parameter threads: the threads to compute with; by default one per core.
/// - Throws: `LanguageModelError` or `TokenizerError`, which name the file and what is wrong with it.
public func loadModel(directory: URL, threads: Int? = nil) throws -> ModelContext {
  let tokenizer = try Tokenizer.from(modelFolder: directory)
  return ModelContext(model: try Qwen3Model(folder: directory.path, threads: threads), tokenizer: tokenizer)
}

extension ModelContext {
  /// What the checkpoint recommends for sampling, with its authors' other recommendation in its place when the model does
  /// not think first and the checkpoint only says what is best for thinking.
  public func recommendedParameters(thinking: Bool) -> GenerateParameters {
    let recommended = model.recommendedParameters
    return thinking || recommended != .thinking ? recommended : .nonThinking
  }
}
