package import Kernels

/// A Qwen3 language model, dense or a mixture of experts, read from the folder of a published checkpoint.
///
/// The weights stay in the mapped files and are never changed, so one model serves any number of sequences.
public final class Qwen3Model: Sendable {
  /// The model's shape.
  public let configuration: Qwen3Configuration
  /// The folder's path.
  public let folder: String
  /// The tokens that end a text.
  public let stopTokens: Set<Int>
  /// What the checkpoint recommends for sampling.
  public let recommendedParameters: GenerateParameters
  package let processor: Processor
  let weights: Qwen3Weights

  /// Opens a folder with config.json and model.safetensors, or the files that model.safetensors.index.json lists.
  ///
  /// - Parameter threads: the threads to compute with; by default one per core.
  /// - Throws: `LanguageModelError`, which names the file and what is wrong with it.
  public convenience init(folder: String, threads: Int? = nil) throws(LanguageModelError) {
    let pool = if let threads { ThreadPool(count: threads) } else { ThreadPool() }
    try self.init(folder: folder, processor: Processor(pool: pool))
  }

  /// Opens a folder, to be computed with given kernels and threads.
  package init(folder: String, processor: Processor) throws(LanguageModelError) {
    self.folder = folder
    self.processor = processor
    configuration = try Qwen3Configuration(file: "\(folder)/config.json")
    let generation = try GenerationConfiguration(folder: folder)
    stopTokens = generation.stopTokens
    recommendedParameters = generation.parameters
    weights = try Qwen3Weights(Checkpoint(folder: folder), configuration)
  }
}

extension Qwen3Model {
  /// An empty cache for one sequence.
  public func makeCache(limit: Int? = nil) -> KeyValueCache {
    KeyValueCache(for: configuration, limit: limit)
  }
}

extension Qwen3Model {
  /// The bytes of weights that computing one token alone reads.
  public var bytesPerToken: Int {
    weights.layers.reduce(weights.head.byteCount) {
      $0 + $1.bytesPerToken(activeExperts: configuration.experts?.active)
    }
  }
}
