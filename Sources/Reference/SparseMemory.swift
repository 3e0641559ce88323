/// Bytes that are 0 until written, in pages that exist once written to.
struct SparseMemory: Sendable {
  private static let pageBits = 16

  /// [pages][bytes of a page, or none]
  private var pages: [[UInt8]] = []

  /// The byte at an address below ``MachineLimits/memoryBytes``.
  subscript(address: Int) -> UInt8 {
    get {
      let page = address >> Self.pageBits
      guard page < pages.count, !pages[page].isEmpty else { return 0 }
      return pages[page][address & (1 << Self.pageBits - 1)]
    }
    set {
      let page = address >> Self.pageBits
      while pages.count <= page { pages.append([]) }
      if pages[page].isEmpty { pages[page] = [UInt8](repeating: 0, count: 1 << Self.pageBits) }
      pages[page][address & (1 << Self.pageBits - 1)] = newValue
    }
  }

  /// The value of up to four bytes, the first of them lowest.
  func load(_ address: Int, byteCount: Int) -> UInt32 {
    (0..<byteCount).reduce(0) { $0 | UInt32(self[address + $1]) << UInt32(8 * $1) }
  }

  /// Writes the value's lowest bytes.
  mutating func store(_ value: UInt32, at address: Int, byteCount: Int) {
    for byte in 0..<byteCount {
      self[address + byte] = UInt8(truncatingIfNeeded: value >> UInt32(8 * byte))
    }
  }
}
