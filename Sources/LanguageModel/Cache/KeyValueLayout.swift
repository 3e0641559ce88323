package import CKernels

/// How the numbers of keys and values are kept.
package enum KeyValuePrecision: String, CaseIterable, Hashable, Sendable {
  /// As they were computed.
  case float32 = "f32"
  /// Rounded to bf16: half the memory.
  case bfloat16 = "bf16"
  /// Rounded to 127 steps of a scale for each position and head: little more than a quarter of the memory.
  case int8

  /// Bytes of one number.
  var byteCount: Int {
    switch self {
    case .float32: 4
    case .bfloat16: 2
    case .int8: 1
    }
  }

  /// What the attention kernel calls it.
  package var format: KeyValueFormat {
    switch self {
    case .float32: .float32
    case .bfloat16: .bFloat16
    case .int8: .int8
    }
  }
}

/// Where the keys and values of sixteen positions lie in a block of memory.
///
/// Of each layer first the keys, [key/value heads][head size][16 positions], then the values, [key/value heads][16
/// positions][head size]: both are read in the order in which attention goes through them. Where they are int8, the scales
/// of the keys and then of the values follow, [key/value heads][16 positions] in binary32.
package struct KeyValueLayout: Hashable, Sendable {
  /// Positions of a block.
  package static let blockSize = 16

  package let layers: Int
  package let heads: Int
  package let headSize: Int
  package let precision: KeyValuePrecision

  /// The layout for a model.
  package init(_ shape: Qwen3Configuration, _ precision: KeyValuePrecision = .float32) {
    (layers, heads, headSize) = (shape.layers, shape.keyValueHeads, shape.headSize)
    self.precision = precision
  }

  /// Bytes of a block.
  package var blockBytes: Int { layers * layerBytes }

  /// Bytes of one head's keys, and of its values.
  private var headBytes: Int { headSize * Self.blockSize * precision.byteCount }

  /// Bytes of the scales of one head's keys, and of its values.
  private var scaleBytes: Int { precision == .int8 ? Self.blockSize * MemoryLayout<Float>.size : 0 }

  private var layerBytes: Int { 2 * heads * (headBytes + scaleBytes) }

  /// Where a head's keys begin in a block, in bytes.
  package func keyOffset(layer: Int, head: Int) -> Int {
    layer * layerBytes + head * headBytes
  }

  /// Where a head's values begin in a block, in bytes.
  package func valueOffset(layer: Int, head: Int) -> Int {
    keyOffset(layer: layer, head: head) + heads * headBytes
  }

  /// Where the scales of a head's keys begin in a block, in bytes.
  package func keyScaleOffset(layer: Int, head: Int) -> Int {
    layer * layerBytes + 2 * heads * headBytes + head * scaleBytes
  }

  /// Where the scales of a head's values begin in a block, in bytes.
  package func valueScaleOffset(layer: Int, head: Int) -> Int {
    keyScaleOffset(layer: layer, head: head) + heads * scaleBytes
  }

  /// Bytes of a page of so many positions.
  package func bytesPerPage(pageSize: Int) -> Int {
    pageSize / Self.blockSize * blockBytes
  }
}
