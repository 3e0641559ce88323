/// The bytes of all tokens as a tree, in the order of a walk from the root downwards.
///
/// Node 0 is the root; the nodes below a node follow it, so that a walk is a loop, and leaving out what is below a node
/// is a jump.
struct TokenTrie: Sendable {
  /// The byte that leads to a node.
  private(set) var bytes: [UInt8] = [0]
  /// How many bytes lead to it.
  private(set) var depths: [Int32] = [0]
  /// Behind the last node below it.
  private(set) var ends: [Int32] = []
  /// The tokens that end at each node: a range of `tokens` that the next node's begins behind.
  private(set) var firstTokens: [Int32] = []
  private(set) var tokens: [Int32] = []
  /// The greatest number of bytes of a token.
  private(set) var longest = 0

  init(_ strings: [[UInt8]?]) {
    let sorted = strings.enumerated().compactMap { token, bytes in
      bytes.flatMap { $0.isEmpty ? nil : (token: Int32(token), bytes: $0) }
    }.sorted { $0.bytes.lexicographicallyPrecedes($1.bytes) }
    var path = [0]
    var previous: [UInt8] = []
    firstTokens = [0]
    ends = [0]
    for (token, string) in sorted {
      let shared = zip(previous, string).prefix { $0 == $1 }.count
      while path.count > shared + 1 { ends[path.removeLast()] = Int32(bytes.count) }
      for byte in string[shared...] {
        path.append(bytes.count)
        bytes.append(byte)
        depths.append(Int32(path.count - 1))
        ends.append(0)
        firstTokens.append(Int32(tokens.count))
      }
      tokens.append(token)
      longest = max(longest, string.count)
      previous = string
    }
    for node in path { ends[node] = Int32(bytes.count) }
    firstTokens.append(Int32(tokens.count))
  }

  /// Whether tokens go on from a node.
  func hasChildren(_ node: Int) -> Bool { Int(ends[node]) > node + 1 }

  /// The tokens whose bytes end at a node.
  func tokens(at node: Int) -> ArraySlice<Int32> { tokens[Int(firstTokens[node])..<Int(firstTokens[node + 1])] }
}
