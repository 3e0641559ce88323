import Foundation
import Kernels
import RandomNumbers

/// Makes checkpoints with random weights, for measurements and tests.
public enum RandomCheckpoint {
  /// Writes config.json and a bf16 model.safetensors of a shape; the same seed makes the same bytes.
  ///
  /// Matrix entries have a standard deviation of 1/√columns and the embedding's of 1, so that activations keep their size
  /// from layer to layer; norm weights are near 1.
  ///
  /// - Parameter replaces: whether a model that the folder holds is replaced, all of it.
  /// - Throws: `LanguageModelError` when the folder cannot be written; of the kind `occupied` when it holds a file of a model
  ///   that is not to be replaced.
  public static func write(
    _ shape: Qwen3Configuration, seed: UInt64 = 1, to folder: String, replacing replaces: Bool = false
  ) throws(LanguageModelError) {
    try CheckpointFolder.make(folder, replacing: replaces)
    let writer = try SafetensorsWriter(
      path: "\(folder)/model.safetensors", replacingLink: true,
      shape.tensors.map { .init($0.name, .bfloat16, $0.shape) })
    var random = SplitMix64(seed: seed)
    for tensor in shape.tensors {
      try write(tensor, random: &random, to: writer)
    }
    // Not earlier: whoever is interrupted still has the old model.
    try CheckpointFolder.clear(folder)
    try writer.close()
    do {
      try JSONSerialization.data(withJSONObject: shape.jsonObject, options: [.prettyPrinted, .sortedKeys])
        .write(to: URL(filePath: "\(folder)/config.json"))
    } catch {
      throw LanguageModelError(.inaccessible, file: "\(folder)/config.json", "the file cannot be written")
    }
  }

  private static func write(
    _ tensor: ExpectedTensor, random: inout SplitMix64, to writer: SafetensorsWriter
  ) throws(LanguageModelError) {
    let columns = tensor.shape.last ?? 1
    let (mean, deviation): (Float, Float) =
      switch tensor.role {
      case .norm: (1, 0.1)
      case .router: (0, 1 / Float(columns).squareRoot())
      case .matrix: (0, tensor.name.hasSuffix("embed_tokens.weight") ? 1 : 1 / Float(columns).squareRoot())
      }
    let count = tensor.shape.reduce(1, *)
    let pieceSize = 1 << 20
    for first in stride(from: 0, to: count, by: pieceSize) {
      let numbers = (0..<min(pieceSize, count - first)).map { _ in
        UInt16(truncatingIfNeeded: (mean + deviation * random.normal()).bitPattern >> 16)
      }
      do {
        try numbers.withUnsafeBytes { try writer.write($0, to: tensor.name, at: first * 2) }
      } catch let error as LanguageModelError {
        throw error
      } catch {
        throw LanguageModelError(.inaccessible, file: writer.path, "writing failed")
      }
    }
  }
}

extension SplitMix64 {
  /// Nearly normal, with mean 0 and deviation 1: the sum of four uniform numbers.
  fileprivate mutating func normal() -> Float {
    let bits = next()
    let sum = bits & 0xffff &+ bits >> 16 & 0xffff &+ bits >> 32 & 0xffff &+ bits >> 48
    return (Float(sum) - 131_070) * (1 / 37_837.2)
  }
}
