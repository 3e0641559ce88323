import CKernels

/// Memory that is too large for the caches, to measure how fast it is read.
package final class ReadBandwidth {
  private static let pieceSize = 1 << 18

  private let bytes: UnsafeMutableRawPointer
  private let pieces: Int
  private let pool: ThreadPool

  /// Sets the memory aside, for the threads of a pool to read.
  package init(byteCount: Int = 1 << 29, on pool: ThreadPool) {
    self.pool = pool
    pieces = max(byteCount / Self.pieceSize / 2, 1) * 2
    bytes = .allocate(byteCount: pieces * Self.pieceSize, alignment: 4096)
    bytes.initializeMemory(as: UInt8.self, repeating: 1, count: pieces * Self.pieceSize)
  }

  deinit {
    bytes.deallocate()
  }

  /// Bytes a second that the threads read together, shared out in pieces as the products are. One half is read as it comes and
  /// one is asked for half a page ahead, which some processors are faster with and some slower: the faster one counts.
  package func measure() -> Double {
    max(measure(0..<pieces / 2, ahead: 0), measure(pieces / 2..<pieces, ahead: 2048))
  }

  private func measure(_ half: Range<Int>, ahead: Int) -> Double {
    let time = ContinuousClock().measure {
      pool.forEach(half.count) { piece in
        _ = ckernels_read(bytes + (half.lowerBound + piece) * Self.pieceSize, Self.pieceSize, ahead)
      }
    }
    return Double(half.count * Self.pieceSize) / (time / .seconds(1))
  }
}
