import WebAssembly

/// A set of local variables of a function.
struct LocalSet: Equatable {
  /// A bit for each.
  private var words: [UInt64]

  /// The empty set, for indices below a count.
  init(count: Int) {
    words = Array(repeating: 0, count: (count + 63) / 64)
  }

  /// Whether the variable is in the set; one that does not exist is in none.
  func contains(_ local: LocalIndex) -> Bool {
    let place = Int(local / 64)
    return words.indices.contains(place) && words[place] >> UInt64(local % 64) & 1 == 1
  }

  mutating func insert(_ local: LocalIndex) {
    let place = Int(local / 64)
    if words.indices.contains(place) { words[place] |= 1 << UInt64(local % 64) }
  }

  mutating func remove(_ local: LocalIndex) {
    let place = Int(local / 64)
    if words.indices.contains(place) { words[place] &= ~(1 << UInt64(local % 64)) }
  }

  mutating func formUnion(_ other: LocalSet) {
    for place in 0..<min(words.count, other.words.count) { words[place] |= other.words[place] }
  }
}
