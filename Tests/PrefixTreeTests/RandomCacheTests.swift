import PagedCache
import PrefixTree
import RandomNumbers
import TestSupport
import Testing

/// Random sequences that come, grow and go, against a dictionary of everything that was ever written to a page.
@Suite struct RandomCacheTests {
  private struct User {
    private(set) var tokens: [Int] = []
    /// For each position a number that depends on the namespace and on all tokens up to it.
    private(set) var marks: [Int] = []
    var computed = 0
    var pages: SequencePages

    init(_ tokens: [Int], _ namespace: PrefixNamespace, pageSize: Int) {
      pages = SequencePages(pageSize: pageSize, namespace: namespace)
      for token in tokens { append(token) }
    }

    mutating func append(_ token: Int) {
      tokens.append(token)
      var hasher = Hasher()
      hasher.combine(pages.namespace)
      hasher.combine(marks.last)
      hasher.combine(token)
      marks.append(hasher.finalize())
    }
  }

  /// What is in the pages: for each page the marks of its positions.
  private struct Memory {
    var slots: [Int: [Int]] = [:]

    mutating func write(_ user: User, _ range: Range<Int>) {
      for position in range {
        guard let (page, slot) = user.pages.table.place(of: position) else { continue }
        slots[page.number, default: Array(repeating: 0, count: user.pages.table.pageSize)][slot] = user.marks[position]
      }
    }

    func holds(_ user: User) -> Bool {
      (0..<user.computed).allSatisfy { position in
        guard let (page, slot) = user.pages.table.place(of: position) else { return false }
        return slots[page.number]?[slot] == user.marks[position]
      }
    }
  }

  @Test(arguments: EvictionPolicy.allCases, [1, 2, 3, 16])
  func pagesAlwaysHoldWhatTheirTablesSay(policy: EvictionPolicy, pageSize: Int) throws {
    var random = SplitMix64()
    var cache = PrefixCache(pool: try PagePool(pageSize: pageSize, pageCount: 24), policy: policy)
    let namespaces = [PrefixNamespace(model: "m"), PrefixNamespace(model: "m", salt: "s")]
    var users: [User] = []
    var memory = Memory()
    var reused = 0
    for step in 0..<600 {
      let place = "\(policy), page size \(pageSize), step \(step), seed \(SplitMix64.testSeed)"
      var held: [PrefixPath] = []
      switch Int.random(in: 0..<10, using: &random) {
      case 0..<3:
        let namespace = namespaces[Int.random(in: 0..<2, using: &random)]
        let tokens = (0..<Int.random(in: 1...6 * pageSize, using: &random)).map { _ in
          Int.random(in: 0..<10, using: &random) / 8
        }
        var user = User(tokens, namespace, pageSize: pageSize)
        let (known, copy, path) = cache.adopt(cache.match(tokens, in: namespace), by: &user.pages)
        if let copy { memory.slots[copy.target.number] = memory.slots[copy.source.number] }
        held = path.map { [$0] } ?? []
        user.computed = known
        reused += known
        #expect(known < tokens.count, "\(place)")
        users.append(user)
      case 3..<8 where !users.isEmpty:
        let index = Int.random(in: users.indices, using: &random)
        if users[index].computed == users[index].pages.table.capacity {
          users[index].computed += cache.adoptMore(users[index].tokens, by: &users[index].pages)
        }
        let end = min(
          users[index].computed + Int.random(in: 1...2 * pageSize, using: &random), users[index].tokens.count)
        guard cache.grow(&users[index].pages, toHold: end) else { continue }
        memory.write(users[index], users[index].computed..<end)
        users[index].computed = end
        cache.publish(users[index].tokens, computed: end, of: &users[index].pages)
        if end == users[index].tokens.count { users[index].append(Int.random(in: 0..<2, using: &random)) }
      case 8... where !users.isEmpty:
        let index = Int.random(in: users.indices, using: &random)
        cache.release(&users[index].pages)
        users.remove(at: index)
      default: continue
      }
      #expect(cache.violations(sequences: users.map(\.pages), held: held) == [], "\(place)")
      for user in users { #expect(memory.holds(user), "\(place)") }
      for path in held { cache.unlock(path) }
    }
    #expect(reused > 100, "the test is of sharing")
    for index in users.indices { cache.release(&users[index].pages) }
    #expect(cache.availableCount == 24)
    #expect(cache.allocate(24)?.count == 24)
    #expect(cache.tree.nodeCount == 0)
  }
}
