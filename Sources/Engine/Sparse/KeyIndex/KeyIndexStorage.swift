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
  private var pageCapacity = 4
  /// Which numbers of 64 have a key, and which 64 of those words are not zero.
  // Unchecked, because looking for a neighbour would check at every word.
  @exclusivity(unchecked)
  private var occupied: [UInt64] = []  // [limit / 64]
  @exclusivity(unchecked)
  private var occupiedWords: [UInt64] = []  // [limit / 4096]

  /// The number of numbers in a page.
  static let pageSize = 64

  init() {
    header = .allocate(capacity: 1)
    header.initialize(
      to: KeyIndexHeader(
        entries: Self.entries(pages: pageCapacity), directory: .allocate(capacity: 0)))
  }

  private init(copying other: KeyIndexStorage) {
    header = .allocate(capacity: 1)
    header.initialize(to: other.header.pointee)
    pageCount = other.pageCount
    pageCapacity = other.pageCapacity
    occupied = other.occupied
    occupiedWords = other.occupiedWords
    header.pointee.entries = Self.entries(pages: pageCapacity)
    header.pointee.entries.update(from: other.header.pointee.entries, count: pageCount * Self.pageSize)
    header.pointee.directory = .allocate(capacity: occupied.count)
    header.pointee.directory.initialize(from: other.header.pointee.directory, count: occupied.count)
  }

  deinit {
    header.pointee.entries.deallocate()
    header.pointee.directory.deallocate()
    header.deallocate()
  }

  func copy() -> KeyIndexStorage {
    KeyIndexStorage(copying: self)
  }

  private static func entries(pages: Int) -> UnsafeMutablePointer<KeyEntry> {
    let entries = UnsafeMutablePointer<KeyEntry>.allocate(capacity: pages * pageSize)
    entries.initialize(repeating: .none, count: pages * pageSize)
    return entries
  }
}

extension KeyIndexStorage {
  /// The entry of a number below `limit`.
  @inline(__always)
  func entry(of number: Int) -> UnsafeMutablePointer<KeyEntry> {
    assert(number >= 0 && number < header.pointee.limit)
    let page = Int(header.pointee.directory[number / Self.pageSize])
    return header.pointee.entries + (page * Self.pageSize + number % Self.pageSize)
  }

  /// Marks a number as one that has a key, and gives it an entry of its own.
  func occupy(_ number: Int) {
    if number >= header.pointee.limit { growDirectory(toHold: number) }
    let word = number / Self.pageSize
    if header.pointee.directory[word] == 0 { header.pointee.directory[word] = addPage() }
    occupied[word] |= 1 << UInt64(number % 64)
    occupiedWords[word / 64] |= 1 << UInt64(word % 64)
    header.pointee.lowest = min(header.pointee.lowest, number)
    header.pointee.highest = max(header.pointee.highest, number)
  }

  /// Takes a number's only key away. The smallest and the greatest number that have one are the caller's to put right.
  func vacate(_ number: Int) {
    let word = number / Self.pageSize
    entry(of: number).pointee = .none
    occupied[word] &= ~(1 << UInt64(number % 64))
    if occupied[word] == 0 { occupiedWords[word / 64] &= ~(1 << UInt64(word % 64)) }
  }

  private func growDirectory(toHold number: Int) {
    let old = occupied.count
    // Whole words of words, and room to grow.
    let count = (max(number / Self.pageSize + 1, 2 * old) + 63) / 64 * 64
    let directory = UnsafeMutablePointer<Int32>.allocate(capacity: count)
    directory.initialize(repeating: 0, count: count)
    directory.update(from: header.pointee.directory, count: old)
    header.pointee.directory.deallocate()
    header.pointee.directory = directory
    header.pointee.limit = count * Self.pageSize
    occupied += repeatElement(0, count: count - old)
    occupiedWords += repeatElement(0, count: count / 64 - occupiedWords.count)
  }

  private func addPage() -> Int32 {
    if pageCount == pageCapacity {
      let entries = Self.entries(pages: 2 * pageCapacity)
      entries.update(from: header.pointee.entries, count: pageCount * Self.pageSize)
      header.pointee.entries.deallocate()
      header.pointee.entries = entries
      pageCapacity *= 2
    }
    pageCount += 1
    return Int32(truncatingIfNeeded: pageCount - 1)
  }

  /// The greatest number with a key among those up to `number`, which has one below it or is one.
  ///
  /// - Precondition: lowest ≤ number < limit.
  func neighbour(upTo number: Int) -> Int {
    func top(_ word: UInt64, _ bit: Int) -> UInt64 { word & (~0 >> UInt64(63 - bit)) }
    var word = number / 64
    let bits = top(occupied[word], number % 64)
    if bits != 0 { return word * 64 + 63 - bits.leadingZeroBitCount }
    guard word > 0 else { return header.pointee.lowest }
    word -= 1
    var group = word / 64
    var words = top(occupiedWords[group], word % 64)
    while words == 0, group > 0 {
      group -= 1
      words = occupiedWords[group]
    }
    guard words != 0 else { return header.pointee.lowest }
    word = group * 64 + 63 - words.leadingZeroBitCount
    return word * 64 + 63 - occupied[word].leadingZeroBitCount
  }

  /// The smallest number with a key among those from `number` on.
  ///
  /// - Precondition: 0 ≤ number ≤ highest.
  func neighbour(from number: Int) -> Int {
    func bottom(_ word: UInt64, _ bit: Int) -> UInt64 { word & (~0 << UInt64(bit)) }
    var word = number / 64
    let bits = bottom(occupied[word], number % 64)
    if bits != 0 { return word * 64 + bits.trailingZeroBitCount }
    word += 1
    var group = word / 64
    guard group < occupiedWords.count else { return header.pointee.highest }
    var words = bottom(occupiedWords[group], word % 64)
    while words == 0, group + 1 < occupiedWords.count {
      group += 1
      words = occupiedWords[group]
    }
    guard words != 0 else { return header.pointee.highest }
    word = group * 64 + words.trailingZeroBitCount
    return word * 64 + occupied[word].trailingZeroBitCount
  }
}
