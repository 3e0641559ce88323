import MemoryImage

/// The best key of one number, with its value.
struct KeyEntry {
  /// The key's second coordinate, −∞ where there is no key.
  var height: Double
  var x: Double
  var y: Double
  /// The position at which the key was inserted.
  var position: Int

  static let none = KeyEntry(height: -.infinity, x: 0, y: 0, position: -1)

  var value: SIMD2<Double> { SIMD2(x, y) }
}

/// Where an index keeps its parts. Every field is 8 bytes, and compiled code reads them by `MemoryLayout.offset`.
struct KeyIndexHeader {
  /// Pages of 64 entries; page 0 is shared by all numbers without a key and stays empty.
  var entries: UnsafeMutablePointer<KeyEntry>  // [pages, 64]
  /// The page of each 64 numbers.
  var directory: UnsafeMutablePointer<Int32>  // [limit / 64]
  /// Numbers below this have a place in the directory.
  var limit = 0
  /// The smallest and the greatest number that has a key.
  var lowest = Int.max
  var highest = -1
  /// The value inserted last.
  var latestX = 0.0
  var latestY = 0.0
}

/// The memory of a head whose keys are integers on a parabola (`IntegerKey`): the best key of each number, found by the number.
///
/// It serves the tie rule `latest`, and only as long as keys and queries are what it expects: what it cannot answer, it refuses.
///
/// It is unchecked for `Sendable` because only a `RunMemory` holds it, which is itself copied before a change.
///
/// - Complexity: O(1) an insertion, and a query that finds its key; one that misses looks for its neighbours in a bit set.
///   32 bytes a number, in pages of 64 numbers.
final class KeyIndexStorage: @unchecked Sendable {
  /// The header stays at one address, for compiled code.
  let header: UnsafeMutablePointer<KeyIndexHeader>
  private var pageCount = 1
  private var entries: ForkableArray<KeyEntry>  // [pages, 64]
  private var directory: ForkableArray<Int32>  // [limit / 64]
  /// Which numbers of 64 have a key, and which 64 of those words are not zero.
  // Unchecked, because looking for a neighbour would check at every word.
  @exclusivity(unchecked)
  private var occupied: ForkableArray<UInt64>  // [limit / 64]
  @exclusivity(unchecked)
  private var occupiedWords: ForkableArray<UInt64>  // [limit / 4096]

  /// The number of numbers in a page.
  static let pageSize = 64

  init() {
    entries = ForkableArray(capacity: 4 * Self.pageSize)
    entries.base.initialize(repeating: .none, count: Self.pageSize)
    directory = ForkableArray(capacity: 0)
    occupied = ForkableArray(capacity: 0)
    occupiedWords = ForkableArray(capacity: 0)
    header = .allocate(capacity: 1)
    header.initialize(to: KeyIndexHeader(entries: entries.base, directory: directory.base))
  }

  private init(
    _ other: KeyIndexStorage, _ entries: ForkableArray<KeyEntry>, _ directory: ForkableArray<Int32>,
    _ occupied: ForkableArray<UInt64>, _ occupiedWords: ForkableArray<UInt64>
  ) {
    pageCount = other.pageCount
    self.entries = entries
    self.directory = directory
    self.occupied = occupied
    self.occupiedWords = occupiedWords
    header = .allocate(capacity: 1)
    header.initialize(to: other.header.pointee)
    header.pointee.entries = entries.base
    header.pointee.directory = directory.base
  }

  deinit {
    entries.deallocate()
    directory.deallocate()
    occupied.deallocate()
    occupiedWords.deallocate()
    header.deallocate()
  }

  private var entryCount: Int { pageCount * Self.pageSize }
  private var wordCount: Int { header.pointee.limit / Self.pageSize }
}

extension KeyIndexStorage {
  /// Bytes that an image needs for the index.
  var imageByteCount: Int {
    entries.imageByteCount(count: entryCount, room: 2 * entryCount)
      + directory.imageByteCount(count: wordCount, room: wordCount)
      + occupied.imageByteCount(count: wordCount, room: wordCount)
      + occupiedWords.imageByteCount(count: wordCount / 64, room: wordCount / 64)
  }

  /// An index with the same contents, those of its arrays that are not small in an image.
  func frozen(in image: MemoryImage) -> KeyIndexStorage {
    KeyIndexStorage(
      self, entries.frozen(count: entryCount, room: 2 * entryCount, in: image),
      directory.frozen(count: wordCount, room: wordCount, in: image),
      occupied.frozen(count: wordCount, room: wordCount, in: image),
      occupiedWords.frozen(count: wordCount / 64, room: wordCount / 64, in: image))
  }

  /// An index with the same contents, those of its arrays that are in an image in a copy of that.
  func fork(in copy: ImageMapping?) -> KeyIndexStorage {
    KeyIndexStorage(
      self, entries.fork(count: entryCount, in: copy), directory.fork(count: wordCount, in: copy),
      occupied.fork(count: wordCount, in: copy), occupiedWords.fork(count: wordCount / 64, in: copy))
  }

  /// Bytes in memory of its own.
  var ownByteCount: Int {
    entries.ownByteCount + directory.ownByteCount + occupied.ownByteCount + occupiedWords.ownByteCount
  }
}

extension KeyIndexStorage {
  /// The entry of a number below `limit`.
  @inline(__always)
  func entry(of number: Int) -> UnsafeMutablePointer<KeyEntry> {
    header.pointee.entry(of: number)
  }

  /// Marks a number as one that has a key, and gives it an entry of its own.
  func occupy(_ number: Int) {
    if number >= header.pointee.limit { growDirectory(toHold: number) }
    let word = number / Self.pageSize
    if header.pointee.directory[word] == 0 { header.pointee.directory[word] = addPage() }
    occupied.base[word] |= 1 << UInt64(number % 64)
    occupiedWords.base[word / 64] |= 1 << UInt64(word % 64)
    header.pointee.lowest = min(header.pointee.lowest, number)
    header.pointee.highest = max(header.pointee.highest, number)
  }

  /// Takes a number's only key away. The smallest and the greatest number that have one are the caller's to put right.
  func vacate(_ number: Int) {
    let word = number / Self.pageSize
    entry(of: number).pointee = .none
    occupied.base[word] &= ~(1 << UInt64(number % 64))
    if occupied.base[word] == 0 { occupiedWords.base[word / 64] &= ~(1 << UInt64(word % 64)) }
  }

  private func growDirectory(toHold number: Int) {
    let old = wordCount
    // Whole words of words, and room to grow.
    let count = (max(number / Self.pageSize + 1, 2 * old) + 63) / 64 * 64
    directory.grow(to: count, keeping: old)
    occupied.grow(to: count, keeping: old)
    occupiedWords.grow(to: count / 64, keeping: old / 64)
    (directory.base + old).initialize(repeating: 0, count: count - old)
    (occupied.base + old).initialize(repeating: 0, count: count - old)
    (occupiedWords.base + old / 64).initialize(repeating: 0, count: (count - old) / 64)
    header.pointee.directory = directory.base
    header.pointee.limit = count * Self.pageSize
  }

  private func addPage() -> Int32 {
    if entryCount == entries.capacity {
      entries.grow(to: 2 * entries.capacity, keeping: entryCount)
      header.pointee.entries = entries.base
    }
    (entries.base + entryCount).initialize(repeating: .none, count: Self.pageSize)
    pageCount += 1
    return Int32(truncatingIfNeeded: pageCount - 1)
  }

  /// The greatest number with a key among those up to `number`, which has one below it or is one.
  ///
  /// - Precondition: lowest ≤ number < limit.
  func neighbour(upTo number: Int) -> Int {
    func top(_ word: UInt64, _ bit: Int) -> UInt64 { word & (~0 >> UInt64(63 - bit)) }
    var word = number / 64
    let bits = top(occupied.base[word], number % 64)
    if bits != 0 { return word * 64 + 63 - bits.leadingZeroBitCount }
    guard word > 0 else { return header.pointee.lowest }
    word -= 1
    var group = word / 64
    var words = top(occupiedWords.base[group], word % 64)
    while words == 0, group > 0 {
      group -= 1
      words = occupiedWords.base[group]
    }
    guard words != 0 else { return header.pointee.lowest }
    word = group * 64 + 63 - words.leadingZeroBitCount
    return word * 64 + 63 - occupied.base[word].leadingZeroBitCount
  }

  /// The smallest number with a key among those from `number` on.
  ///
  /// - Precondition: 0 ≤ number ≤ highest.
  func neighbour(from number: Int) -> Int {
    func bottom(_ word: UInt64, _ bit: Int) -> UInt64 { word & (~0 << UInt64(bit)) }
    var word = number / 64
    let bits = bottom(occupied.base[word], number % 64)
    if bits != 0 { return word * 64 + bits.trailingZeroBitCount }
    word += 1
    var group = word / 64
    guard group < wordCount / 64 else { return header.pointee.highest }
    var words = bottom(occupiedWords.base[group], word % 64)
    while words == 0, group + 1 < wordCount / 64 {
      group += 1
      words = occupiedWords.base[group]
    }
    guard words != 0 else { return header.pointee.highest }
    word = group * 64 + words.trailingZeroBitCount
    return word * 64 + occupied.base[word].trailingZeroBitCount
  }
}
