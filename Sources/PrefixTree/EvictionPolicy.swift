/// Which of the prefixes that nobody uses is given up first.
package enum EvictionPolicy: String, CaseIterable, Hashable, Sendable {
  /// The one whose last use is longest ago.
  case leastRecentlyUsed = "lru"
  /// The one used the fewest times, of these the one whose last use is longest ago.
  case leastFrequentlyUsed = "lfu"
  /// The one that was inserted first.
  case firstInFirstOut = "fifo"
  /// The one of the lowest priority, of these the one whose last use is longest ago.
  case priority
}
