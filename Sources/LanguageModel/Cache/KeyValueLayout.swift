/// Where the keys and values of sixteen positions lie in a block of memory.
///
/// Of each layer first the keys, [key/value heads][head size][16 positions], then the values, [key/value heads][16
/// positions][head size]: both are read in the order in which attention goes through them.
package struct KeyValueLayout: Hashable, Sendable {
  /// Positions of a block.
  package static let blockSize = 16

  package let layers: Int
  package let heads: Int
  package let headSize: Int

  /// The layout for a model.
  package init(_ shape: Qwen3Configuration) {
    (layers, heads, headSize) = (shape.layers, shape.keyValueHeads, shape.headSize)
  }

  /// Numbers of a block.
  package var blockCount: Int { layers * 2 * layerCount }

  /// Numbers of one layer's keys, and of its values.
  private var layerCount: Int { heads * headSize * Self.blockSize }

  /// Where a head's keys begin in a block.
  package func keyOffset(layer: Int, head: Int) -> Int {
    layer * 2 * layerCount + head * headSize * Self.blockSize
  }

  /// Where a head's values begin in a block.
  package func valueOffset(layer: Int, head: Int) -> Int {
    keyOffset(layer: layer, head: head) + layerCount
  }
}
