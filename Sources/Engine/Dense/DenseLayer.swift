import Transformer

/// A layer's matrices, packed, and the slots that it erases.
struct DenseLayer: Sendable {
  let inProjection: PackedMatrix  // [3D, D]
  let outProjection: PackedMatrix  // [D, D]
  let feedForwardIn: PackedMatrix  // [2F, D]
  let feedForwardOut: PackedMatrix  // [D, F]
  let neurons: Int
  let erasedAfterAttention: [Int]
  let erasedAfterFeedForward: [Int]

  init(_ layer: TransformerLayer) {
    inProjection = PackedMatrix(layer.inProjection)
    outProjection = PackedMatrix(layer.outProjection)
    feedForwardIn = PackedMatrix(layer.feedForwardIn)
    feedForwardOut = PackedMatrix(layer.feedForwardOut)
    neurons = layer.feedForwardOut.columns
    erasedAfterAttention = layer.erasedAfterAttention
    erasedAfterFeedForward = layer.erasedAfterFeedForward
  }
}
