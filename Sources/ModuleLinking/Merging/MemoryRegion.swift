package import WebAssembly

/// Where one of several memories lies in the one that a program has.
package struct MemoryRegion: Hashable {
  /// The most pages that a program can address.
  package static let greatestPageCount: UInt32 = 1024

  package let memory: Definition
  /// The page that the memory begins with.
  package let base: UInt32
  /// The pages that it has at first.
  package let minimum: UInt32
  /// The pages that it can grow to.
  package let maximum: UInt32

  /// Places memories one behind the other; each gets what it may grow to, or an equal share of what there is.
  ///
  /// The one that may become the largest comes last: behind it is the program's own end of memory, so that only the others
  /// need checks.
  package static func regions(of memories: [(memory: Definition, limits: Limits)]) -> [MemoryRegion]? {
    let wishes = memories.map { ($0.memory, $0.limits.minimum, min($0.limits.maximum ?? .max, greatestPageCount)) }
      .sorted { ($0.2, $0.0.instance, $0.0.index) < ($1.2, $1.0.instance, $1.0.index) }
    var regions: [MemoryRegion] = []
    var base: UInt32 = 0
    var reserved = wishes.reduce(UInt64(0)) { $0 + UInt64($1.1) }
    guard reserved <= UInt64(greatestPageCount) else { return nil }
    for (place, (memory, minimum, wish)) in wishes.enumerated() {
      reserved -= UInt64(minimum)
      let share = (greatestPageCount - base - UInt32(reserved)) / UInt32(wishes.count - place)
      let maximum = max(minimum, min(wish, share))
      regions.append(MemoryRegion(memory: memory, base: base, minimum: minimum, maximum: maximum))
      base += maximum
    }
    return regions
  }
}
