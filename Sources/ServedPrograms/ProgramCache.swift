import PagedCache
import PrefixTree
import TransformerVM

/// What machines remember of the programs that they have read, behind the accounts and the tree that pages of keys and values
/// have too.
///
/// A page is so many tokens, and stands for so many bytes of an engine's caches (hulls, indexes by integer keys, columns). What
/// an engine remembers at one position cannot be cut off at an earlier one, as pages of keys and values can. So the tree's pages
/// of a program have one frozen engine, its trunk, which goes when the first of them is evicted; each run forks it, and has
/// pages of its own for what it writes.
struct ProgramCache: Sendable {
  /// An engine that has read a program.
  private struct Trunk: Sendable {
    let predictor: any TokenPredictor
    /// What it has read: whole pages.
    let tokens: [Int]
    /// Pages for bytes that its tokens do not pay for.
    var surcharge: SequencePages
  }

  /// Tokens of a page.
  static let pageSize = 64
  /// Bytes that each token of a page pays for: machines remember 40 to 80 of most programs.
  static let bytesPerToken = 128

  private(set) var accounts: PrefixCache
  private var trunks: [PrefixNamespace: Trunk] = [:]
  private var knownEvictions = 0

  /// - Throws: `PagedCacheError` when the memory is not enough for one page.
  init(bytes: Int, policy: EvictionPolicy) throws(PagedCacheError) {
    let pool = try PagePool(pageSize: Self.pageSize, bytes: bytes, bytesPerPage: Self.pageSize * Self.bytesPerToken)
    accounts = PrefixCache(pool: pool, policy: policy)
  }

  /// The most tokens that there is room for.
  var tokenCapacity: Int { accounts.pool.tokenCapacity }

  /// The tokens of a program that a trunk reads: whole pages.
  static func trunkTokens(of program: ServedProgram) -> ArraySlice<Int> {
    program.prefix.prefix(program.prefix.count / pageSize * pageSize)
  }

  /// A sequence without pages.
  func sequence(of program: ServedProgram) -> SequencePages {
    SequencePages(pageSize: Self.pageSize, namespace: program.namespace)
  }

  /// A copy of the engine that has read a program, and in the sequence the pages that it stands for; nil, and nothing changed,
  /// where there is none.
  mutating func fork(
    _ program: ServedProgram, by sequence: inout SequencePages
  ) -> (predictor: any TokenPredictor, position: Int)? {
    guard let trunk = trunks[sequence.namespace], let match = wholeMatch(of: trunk.tokens, in: sequence.namespace)
    else { return nil }
    // There is no page that matches in part, so nothing is to be copied.
    _ = accounts.adopt(match, by: &sequence)
    return (trunk.predictor, trunk.tokens.count)
  }

  /// The pages of tokens that a trunk has read; nil when some have been evicted.
  private func wholeMatch(of tokens: [Int], in namespace: PrefixNamespace) -> PrefixMatch? {
    let match = accounts.tree.match(tokens[...], in: namespace)
    return match.pages.count * Self.pageSize == tokens.count ? match : nil
  }

  /// Gives a sequence pages for an engine at a position; false, and nothing changed, when there are not so many.
  ///
  /// - Parameter ownBytes: what the engine takes besides what it shares.
  mutating func grow(_ sequence: inout SequencePages, position: Int, ownBytes: Int) -> Bool {
    let shared = sequence.sharedCount * Self.pageSize
    let tokens = max(position, shared + ownBytes / Self.bytesPerToken)
    repeat {
      defer { removeEvicted() }
      if accounts.grow(&sequence, toHold: tokens) { return true }
    } while dropIdleSurcharge()
    return false
  }

  /// Keeps an engine that has read the first tokens of a program for others, frozen.
  ///
  /// - Parameter sequence: has pages for the tokens, and goes on with those that the tree has for them.
  /// - Returns: false, and nothing is kept, when there is not enough memory for what the engine takes.
  mutating func keep(_ predictor: any TokenPredictor, of program: ServedProgram, _ sequence: inout SequencePages)
    -> Bool
  {
    let tokens = Array(Self.trunkTokens(of: program))
    var surcharge = self.sequence(of: program)
    let missing = (predictor.ownByteCount ?? 0) - tokens.count * Self.bytesPerToken
    guard !tokens.isEmpty, missing <= 0 || grow(&surcharge, position: 0, ownBytes: missing) else { return false }
    if var old = trunks[sequence.namespace] { accounts.release(&old.surcharge) }
    accounts.publish(tokens, computed: tokens.count, of: &sequence)
    trunks[sequence.namespace] = Trunk(predictor: predictor, tokens: tokens, surcharge: surcharge)
    return true
  }

  /// Takes a sequence's pages away.
  mutating func release(_ sequence: inout SequencePages) {
    accounts.release(&sequence)
  }

  /// Gives up the trunks whose pages are not all in the tree any more.
  private mutating func removeEvicted() {
    guard accounts.evictedCount != knownEvictions else { return }
    knownEvictions = accounts.evictedCount
    for (namespace, trunk) in trunks where wholeMatch(of: trunk.tokens, in: namespace) == nil { drop(namespace) }
  }

  /// Gives up a trunk that nobody uses and that has pages besides those of the tree; false when there is none.
  private mutating func dropIdleSurcharge() -> Bool {
    let idle = trunks.first { namespace, trunk in
      let match = wholeMatch(of: trunk.tokens, in: namespace)
      return !trunk.surcharge.table.pages.isEmpty && match?.evictableCount == match?.pages.count
    }
    guard let idle else { return false }
    drop(idle.key)
    return true
  }

  private mutating func drop(_ namespace: PrefixNamespace) {
    guard var trunk = trunks.removeValue(forKey: namespace) else { return }
    accounts.release(&trunk.surcharge)
  }

  /// Counts everything anew and compares it with the accounts: what is wrong, a line each.
  ///
  /// - Parameter sequences: all that have pages of this cache.
  func violations(sequences: [SequencePages]) -> [String] {
    accounts.violations(sequences: sequences + trunks.values.map(\.surcharge))
      + trunks.filter { wholeMatch(of: $1.tokens, in: $0) == nil }.map { "\($0.key) has a trunk without pages" }
  }
}
