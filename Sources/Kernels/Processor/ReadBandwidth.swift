import CKernels

/// Memory that is too large for the caches, to measure how fast it is read.
package final class ReadBandwidth {
  private static let pieceSize = 1 << 18

  private let bytes: UnsafeMutableRawPointer
  private let pieces: Int

  /// Sets the memory aside.
  package init(byteCount: Int = 1 << 29) {
    pieces = max(byteCount / Self.pieceSize, 1)
    bytes = .allocate(byteCount: pieces * Self.pieceSize, alignment: 4096)
    bytes.initializeMemory(as: UInt8.self, repeating: 1, count: pieces * Self.pieceSize)
  }

  deinit {
    bytes.deallocate()
  }

  /// Bytes a second that the threads of a pool read together, from reading all of it once, shared out in pieces as the
  /// products are.
  package func measure(on pool: ThreadPool) -> Double {
    let time = ContinuousClock().measure {
      pool.forEach(pieces) { piece in _ = ckernels_read(bytes + piece * Self.pieceSize, Self.pieceSize) }
    }
    return Double(pieces * Self.pieceSize) / (time / .seconds(1))
  }
}
