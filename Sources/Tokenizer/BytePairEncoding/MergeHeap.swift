/// The symbols of a long piece as a linked list, with a heap of the merges between neighbours.
struct MergeHeap {
  private var symbols: [UInt32]
  /// For each symbol the one behind it, `count` at the end.
  private var next: [Int32]
  /// For each symbol the one in front of it, -1 at the start.
  private var previous: [Int32]
  /// For each symbol its merge with the one behind it, `.max` where there is none or the symbol is gone.
  private var pairs: [UInt64]
  /// Rank in the high half and symbol in the low half, least first. Entries that no longer hold stay until they come up.
  private var heap: [UInt64]

  /// - Complexity: O(n).
  init(symbols: ArraySlice<UInt32>, merges: MergeTable) {
    self.symbols = Array(symbols)
    let count = self.symbols.count
    next = (0..<count).map { Int32(truncatingIfNeeded: $0 + 1) }
    previous = (0..<count).map { Int32(truncatingIfNeeded: $0 - 1) }
    pairs = [UInt64](repeating: .max, count: count)
    heap = []
    for index in 0..<max(count - 1, 0) {
      pairs[index] = merges[self.symbols[index], self.symbols[index + 1]].packed
      if pairs[index] != .max { heap.append(Self.entry(pairs[index], index)) }
    }
    for index in stride(from: heap.count / 2 - 1, through: 0, by: -1) { sink(index) }
  }

  /// Merges until no neighbours merge any more.
  mutating func mergeAll(_ merges: MergeTable) {
    while let entry = pop() {
      let index = Int(entry & 0xFFFF_FFFF)
      guard pairs[index] != .max, Self.entry(pairs[index], index) == entry else { continue }
      let gone = Int(next[index])
      symbols[index] = MergeTable.Merge(packed: pairs[index]).id
      pairs[gone] = .max
      next[index] = next[gone]
      let behind = Int(next[gone])
      if behind < symbols.count { previous[behind] = Int32(truncatingIfNeeded: index) }
      renew(index, merges)
      if previous[index] >= 0 { renew(Int(previous[index]), merges) }
    }
  }

  /// Calls `body` with the symbols that are left, in order.
  func forEachSymbol(_ body: (UInt32) -> Void) {
    var index = 0
    while index < symbols.count {
      body(symbols[index])
      index = Int(next[index])
    }
  }

  private static func entry(_ pair: UInt64, _ index: Int) -> UInt64 {
    pair & 0xFFFF_FFFF_0000_0000 | UInt64(index)
  }

  /// Looks up anew how the symbol merges with the one behind it.
  private mutating func renew(_ index: Int, _ merges: MergeTable) {
    let behind = Int(next[index])
    pairs[index] = behind < symbols.count ? merges[symbols[index], symbols[behind]].packed : .max
    if pairs[index] != .max { push(Self.entry(pairs[index], index)) }
  }

  private mutating func push(_ entry: UInt64) {
    heap.append(entry)
    var child = heap.count - 1
    while child > 0 {
      let parent = (child - 1) / 2
      if heap[parent] <= heap[child] { return }
      heap.swapAt(parent, child)
      child = parent
    }
  }

  private mutating func pop() -> UInt64? {
    guard let first = heap.first, let last = heap.popLast() else { return nil }
    if !heap.isEmpty {
      heap[0] = last
      sink(0)
    }
    return first
  }

  private mutating func sink(_ start: Int) {
    var parent = start
    while true {
      var child = parent * 2 + 1
      guard child < heap.count else { return }
      if child + 1 < heap.count, heap[child + 1] < heap[child] { child += 1 }
      if heap[parent] <= heap[child] { return }
      heap.swapAt(parent, child)
      parent = child
    }
  }
}
