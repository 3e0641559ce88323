import ArgumentParser
import MILI

/// The shapes that `mili make-random` knows.
enum ShapeName: String, ExpressibleByArgument, CaseIterable {
  case tiny
  case tinyMixture = "tiny-moe"
  case point6B = "0.6b"

  /// The shape, with room for a tokenizer's ids.
  func configuration(vocabularySize: Int) -> Qwen3Configuration {
    var shape: Qwen3Configuration =
      switch self {
      case .tiny: .tiny()
      case .tinyMixture: .tinyMixture()
      case .point6B: .qwen3Point6B
      }
    // Published models round their vocabulary up too.
    if vocabularySize > shape.vocabularySize { shape.vocabularySize = (vocabularySize + 127) / 128 * 128 }
    return shape
  }
}
