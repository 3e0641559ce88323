import PagedCache
import PrefixTree
import Testing

/// Scripts over a cache of pages of two tokens.
@Suite struct PrefixTreeTests {
  private let here = PrefixNamespace(model: "m")

  private func cache(_ pages: Int, _ policy: EvictionPolicy = .leastRecentlyUsed) throws -> PrefixCache {
    PrefixCache(pool: try PagePool(pageSize: 2, pageCount: pages), policy: policy)
  }

  private func numbers(_ sequence: SequencePages) -> [Int] { sequence.table.pages.map(\.number) }

  /// Computes a sequence, as far as it is not known, and lets others use it.
  private func compute(
    _ tokens: [Int], _ cache: inout PrefixCache, _ namespace: PrefixNamespace? = nil, priority: Int = 0
  ) -> SequencePages {
    var sequence = SequencePages(pageSize: 2, namespace: namespace ?? here, priority: priority)
    let adopted = cache.adopt(cache.match(tokens, in: sequence.namespace), by: &sequence)
    #expect(cache.grow(&sequence, toHold: tokens.count))
    cache.publish(tokens, computed: tokens.count, of: &sequence)
    if let held = adopted.held { cache.unlock(held) }
    return sequence
  }

  private func computeAndRelease(_ tokens: [Int], _ cache: inout PrefixCache, priority: Int = 0) {
    var sequence = compute(tokens, &cache, priority: priority)
    cache.release(&sequence)
  }

  /// Pages of the prompt that are known.
  private func known(_ tokens: [Int], _ cache: PrefixCache) -> [Int] {
    cache.match(tokens + [-1], in: here).pages.map(\.number)
  }

  @Test func sequencesThatPartDivideANode() throws {
    var cache = try cache(10)
    var one = compute([1, 2, 3, 4, 5, 6], &cache)
    #expect(numbers(one) == [0, 1, 2])
    var other = compute([1, 2, 3, 4, 7, 8, 9], &cache)
    #expect(numbers(other) == [0, 1, 3, 4])
    #expect(other.sharedCount == 3)
    let tree = try #require(cache.tree.snapshot(of: here))
    #expect(tree.children.map(\.tokens) == [[1, 2, 3, 4]])
    #expect(tree.children[0].locks == 2)
    #expect(tree.children[0].children.map(\.tokens) == [[5, 6], [7, 8]])
    #expect(tree.children[0].children.map(\.pages) == [[PageID(2)], [PageID(3)]])
    let beginnings = cache.tree.snapshots(of: [here, here], atMost: 3)
    #expect(beginnings.count == 1 && beginnings[0].children[0].children.map(\.tokens) == [[5, 6]])
    #expect(cache.tree.snapshots(of: [here, here], atMost: 2).first?.children[0].children == [])
    #expect(cache.tree.snapshots(of: [here, here], atMost: 0).isEmpty)
    #expect((cache.freeCount, cache.evictableCount, cache.protectedCount) == (5, 0, 5))
    #expect(cache.violations(sequences: [one, other]) == [])

    cache.release(&one)
    #expect((cache.freeCount, cache.evictableCount, cache.protectedCount) == (5, 1, 4))
    cache.release(&other)
    #expect((cache.freeCount, cache.evictableCount, cache.protectedCount) == (6, 4, 0))
    #expect(cache.violations(sequences: []) == [])
  }

  @Test func theLastTokenIsAlwaysComputed() throws {
    var cache = try cache(10)
    computeAndRelease([1, 2, 3, 4], &cache)
    var sequence = SequencePages(pageSize: 2, namespace: here)
    let adopted = cache.adopt(cache.match([1, 2, 3, 4], in: here), by: &sequence)
    #expect(adopted.tokenCount == 3)
    #expect(adopted.copy == PageCopy(from: PageID(1), to: PageID(2), tokenCount: 1))
    #expect(numbers(sequence) == [0, 2])
    let held = try #require(adopted.held)
    #expect((cache.freeCount, cache.evictableCount, cache.protectedCount) == (7, 0, 3))
    #expect(cache.violations(sequences: [sequence], held: [held]) == [])
    cache.unlock(held)
    #expect((cache.freeCount, cache.evictableCount, cache.protectedCount) == (7, 1, 2))

    // Computed, it turns out to be what the tree has; its own page is given back.
    cache.publish([1, 2, 3, 4], computed: 4, of: &sequence)
    #expect(numbers(sequence) == [0, 1])
    #expect((cache.freeCount, cache.evictableCount, cache.protectedCount) == (8, 0, 2))
    #expect(cache.violations(sequences: [sequence]) == [])
    #expect(cache.match([], in: here).pages == [])
  }

  @Test func theChildThatMatchesFurthestIsCopied() throws {
    var cache = PrefixCache(pool: try PagePool(pageSize: 4, pageCount: 10))
    for tokens in [[1, 2, 3, 4], [1, 2, 9, 9], [1, 5, 5, 5], [2, 2, 2, 2]] {
      var sequence = SequencePages(pageSize: 4, namespace: here)
      #expect(cache.grow(&sequence, toHold: 4))
      cache.publish(tokens, computed: 4, of: &sequence)
      cache.release(&sequence)
    }
    func partial(_ tokens: [Int]) -> [Int]? {
      cache.match(tokens + [0], in: here).partial.map { [$0.page.number, $0.tokenCount] }
    }
    #expect(partial([1, 2, 3]) == [0, 3])
    #expect(partial([1, 2, 3, 9, 9]) == [0, 3])
    #expect(partial([1, 2, 8, 9])?[1] == 2)
    #expect(partial([1, 2, 9]) == [1, 3])
    #expect(partial([1, 4, 9])?[1] == 1)
    #expect(partial([3]) == nil)
    #expect(partial([]) == nil)
  }

  @Test func aPageComputedTwiceIsKeptOnce() throws {
    var cache = try cache(10)
    var one = SequencePages(pageSize: 2, namespace: here)
    var other = SequencePages(pageSize: 2, namespace: here)
    let tokens = [1, 2, 3, 4, 5]
    #expect(cache.grow(&one, toHold: 5))
    #expect(cache.grow(&other, toHold: 5))
    cache.publish(tokens, computed: 2, of: &one)
    cache.publish(tokens, computed: 5, of: &other)
    #expect(numbers(other) == [0, 4, 5])
    cache.publish(tokens, computed: 4, of: &one)
    #expect(numbers(one) == [0, 4, 2])
    #expect(cache.freeCount == 6)
    #expect(cache.violations(sequences: [one, other]) == [])
  }

  @Test func aSequenceTakesUpWhatOthersComputeMeanwhile() throws {
    var cache = try cache(10)
    let tokens = [1, 2, 3, 4, 5, 6, 7]
    var behind = SequencePages(pageSize: 2, namespace: here)
    #expect(cache.grow(&behind, toHold: 2))
    cache.publish(tokens, computed: 2, of: &behind)
    #expect(cache.adoptMore(tokens, by: &behind) == 0)
    let ahead = compute(Array(tokens.prefix(6)), &cache)
    #expect(cache.adoptMore(tokens, by: &behind) == 4)
    #expect(numbers(behind) == numbers(ahead))
    #expect(cache.violations(sequences: [behind, ahead]) == [])
  }

  @Test func namespacesDoNotMeet() throws {
    var cache = try cache(10)
    var sequences = [compute([1, 2], &cache)]
    let others = [
      PrefixNamespace(model: "n"), PrefixNamespace(model: "m", adapter: "a"), PrefixNamespace(model: "m", salt: "s"),
    ]
    for (number, other) in others.enumerated() {
      #expect(cache.match([1, 2, 3], in: other).pages == [])
      #expect(cache.match([1, 2, 3], in: other).partial == nil)
      sequences.append(compute([1, 2], &cache, other))
      #expect(numbers(sequences[number + 1]) == [number + 1])
    }
    #expect(cache.violations(sequences: sequences) == [])
  }

  @Test func evictionBeginsAtTheEndsOfLeaves() throws {
    var cache = try cache(4)
    computeAndRelease([1, 2, 3, 4, 5, 6, 7, 8], &cache)
    #expect(cache.allocate(1)?.map(\.number) == [3])
    #expect(known([1, 2, 3, 4, 5, 6, 7, 8], cache) == [0, 1, 2])
    #expect(cache.allocate(2)?.map(\.number) == [1, 2])
    #expect(known([1, 2, 3, 4], cache) == [0])
    #expect(cache.evictedCount == 3)
    #expect(cache.allocate(2) == nil)
    #expect(known([1, 2], cache) == [0], "nothing is evicted for what cannot be had")
    #expect(cache.allocate(1)?.map(\.number) == [0])
    #expect(cache.tree.nodeCount == 0, "an empty namespace leaves nothing behind")
  }

  @Test func lockedPathsStay() throws {
    var cache = try cache(4)
    var user = compute([1, 2, 3, 4], &cache)
    computeAndRelease([1, 2, 5, 6], &cache)
    computeAndRelease([7, 8], &cache)
    #expect(cache.evictableCount == 2)
    #expect(cache.allocate(3) == nil)
    #expect(cache.allocate(2)?.count == 2)
    #expect(known([1, 2, 3, 4], cache) == [0, 1])
    #expect(!cache.grow(&user, toHold: 5))
    #expect(user.table.pages.count == 2)
  }

  @Test(arguments: [
    (EvictionPolicy.leastRecentlyUsed, 2), (.leastFrequentlyUsed, 3), (.firstInFirstOut, 1), (.priority, 4),
  ])
  func policiesGiveUpDifferentPrefixes(policy: EvictionPolicy, first: Int) throws {
    var cache = try cache(5, policy)
    // 1 is the oldest, 2 was not used for the longest time, 3 was used once, 4 has the lowest priority.
    computeAndRelease([1, 1, 0], &cache, priority: 2)
    computeAndRelease([2, 2, 0], &cache, priority: 2)
    computeAndRelease([2, 2, 0], &cache, priority: 2)
    computeAndRelease([1, 1, 0], &cache, priority: 2)
    computeAndRelease([4, 4, 0], &cache, priority: 1)
    computeAndRelease([4, 4, 0], &cache, priority: 1)
    computeAndRelease([3, 3, 0], &cache, priority: 3)
    #expect(cache.allocate(2)?.count == 2)
    let gone = [1, 2, 3, 4].filter { known([$0, $0], cache).isEmpty }
    #expect(gone == [first])
  }

  @Test func whatAHighPriorityUsesGetsIt() throws {
    var cache = try cache(3, .priority)
    computeAndRelease([1, 1], &cache, priority: 1)
    computeAndRelease([2, 2], &cache, priority: 2)
    computeAndRelease([1, 1, 0], &cache, priority: 3)
    #expect(cache.allocate(2)?.count == 2)
    #expect(known([1, 1], cache) == [0] && known([2, 2], cache) == [])
  }

  @Test func manyUsesDoNotPileUpInTheEvictionQueue() throws {
    var cache = try cache(4)
    for round in 0..<1000 { computeAndRelease([round % 3, 2, 0], &cache) }
    #expect(cache.violations(sequences: []) == [])
    #expect(cache.tree.queuedCount <= 4 * 4 + 65)
  }
}
