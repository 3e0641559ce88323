/// What one frame of a stack adds to the tokens that may come next.
final class MaskPart: Sendable {
  /// Tokens that this frame reads to their end: as a mask where they are many, else one by one.
  let mask: TokenMask?
  let tokens: [Int32]
  /// The nodes of the tree at which the frame is left, and the one below goes on.
  let exits: [Int32]

  /// - Parameters:
  ///   - nodes: where in the tree of tokens the frame begins to read.
  ///   - vocabularySize: the number of tokens.
  init(_ exploration: consuming StackExploration, from nodes: [Int32], _ trie: TokenTrie, vocabularySize: Int) {
    var walk = TokenWalk(exploration, trie)
    for node in nodes { walk.run(below: Int(node)) }
    exits = Array(Set(walk.exits)).sorted()
    // A mask has a bit for each token, a list 32 for each of its own.
    if walk.tokens.count > vocabularySize / 32 {
      var mask = TokenMask(count: vocabularySize)
      for token in walk.tokens { mask.insert(Int(token)) }
      self.mask = mask
      tokens = []
    } else {
      mask = nil
      tokens = walk.tokens
    }
  }
}

/// A walk through the tree of tokens with what can be read from a frame.
private struct TokenWalk {
  private var exploration: StackExploration
  private let trie: TokenTrie
  /// The configuration at each depth of the way to the current node.
  private var configurations: [Int]
  private(set) var tokens: [Int32] = []
  private(set) var exits: [Int32] = []

  init(_ exploration: consuming StackExploration, _ trie: TokenTrie) {
    self.exploration = exploration
    self.trie = trie
    configurations = Array(repeating: 0, count: trie.longest + 1)
  }

  /// Collects the tokens whose bytes after `start` can be read, and the nodes where the frame is left.
  mutating func run(below start: Int) {
    let base = Int(trie.depths[start])
    configurations[base] = 0
    if exploration.exits(0), trie.hasChildren(start) { exits.append(Int32(start)) }
    var node = start + 1
    let end = Int(trie.ends[start])
    while node < end {
      let depth = Int(trie.depths[node])
      let next = exploration.configuration(after: trie.bytes[node], from: configurations[depth - 1])
      if next == StackExploration.dead {
        node = Int(trie.ends[node])
        continue
      }
      configurations[depth] = next
      tokens += trie.tokens(at: node)
      if exploration.exits(next), trie.hasChildren(node) { exits.append(Int32(node)) }
      node += 1
    }
  }
}
