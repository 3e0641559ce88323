import CKernels

extension Processor {
  /// Bytes a second that the threads together read from memory: the best of a few passes over a buffer too large for
  /// the caches, shared out in pieces as the products are.
  package func measureReadBandwidth(byteCount: Int = 1 << 29, passes: Int = 5) -> Double {
    let pieceSize = 1 << 18
    let pieces = max(byteCount / pieceSize, 1)
    let bytes = UnsafeMutableRawPointer.allocate(byteCount: pieces * pieceSize, alignment: 4096)
    defer { bytes.deallocate() }
    bytes.initializeMemory(as: UInt8.self, repeating: 1, count: pieces * pieceSize)
    var best = Duration.seconds(1 << 20)
    for _ in 0..<passes {
      best = min(
        best,
        ContinuousClock().measure {
          pool.forEach(pieces) { piece in _ = ckernels_read(bytes + piece * pieceSize, pieceSize) }
        })
    }
    return Double(pieces * pieceSize) / (best / .seconds(1))
  }
}
