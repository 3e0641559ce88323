import WebAssembly

/// Where the compiler keeps what the module does not know of: scratch words, a table, its globals and the input.
///
/// All of it lies behind the module's memory, where no valid access of the module reaches: WebAssembly bounds every access
/// by the memory's size, and growing is refused. So nothing here can collide with data, stack or heap. The input comes last,
/// because its length is not known.
struct AddressSpace: Hashable, Sendable {
  /// Addresses below 2²⁶ are exact keys of the machine's lookups.
  static let limit: UInt64 = 1 << 26
  /// Bytes of a page.
  static let pageSize: UInt64 = 65_536

  /// The size of the module's memory, in pages.
  let pageCount: UInt32
  /// The number of the module's globals; each has a word, though only mutable ones use it.
  let globalCount: UInt32
  /// The first address behind the module's memory.
  private let base: UInt32

  /// The addresses behind `pageCount` pages, or nil where they would pass ``limit``.
  init?(pageCount: UInt32, globalCount: Int) {
    let base = UInt64(pageCount) * Self.pageSize
    guard base + UInt64(Self.globalsOffset) + 4 * UInt64(globalCount) + 16 <= Self.limit else { return nil }
    self.pageCount = pageCount
    self.base = UInt32(base)
    self.globalCount = UInt32(globalCount)
  }

  private static let globalsOffset: UInt32 = 64 + 256

  /// A word with four zero bytes on either side: to load it from a neighbouring address is to shift it by bytes.
  var word: UInt32 { base + 4 }
  /// A word and a fifth byte above it, with two zero bytes behind.
  var wideWord: UInt32 { base + 12 }
  /// Two words: a word written to both and loaded from between them is rotated by bytes.
  var wordPair: UInt32 { base + 20 }
  /// The operands of a logical operation, one word behind the other.
  var logicWords: UInt32 { base + 28 }
  /// 256 bytes: the odd bits of each byte, shifted down by one.
  var oddBitsTable: UInt32 { base + 64 }
  /// The first byte of the input.
  var input: UInt32 { (globalAddress(globalCount) + 15) / 16 * 16 }

  /// The word of a mutable global.
  func globalAddress(_ index: GlobalIndex) -> UInt32 { base + Self.globalsOffset + 4 * index }
}
