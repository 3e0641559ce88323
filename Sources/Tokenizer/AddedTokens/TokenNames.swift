/// The names of all tokens, added ones and the model's, and the bytes that they decode to.
struct TokenNames: Sendable {
  private let vocabulary: Vocabulary
  private let addedNames: [Int: String]
  private let addedIDs: [String: Int]
  private let addedBytes: [Int: [UInt8]]
  /// One more than the greatest id.
  let count: Int

  init(_ vocabulary: Vocabulary, _ added: [AddedToken]) {
    self.vocabulary = vocabulary
    addedNames = Dictionary(added.map { ($0.id, $0.content) }) { $1 }
    addedIDs = Dictionary(added.map { ($0.content, $0.id) }) { $1 }
    // Added tokens decode as the model's do: by the byte-level alphabet where their content is made of it.
    addedBytes = addedNames.mapValues { content in
      var bytes: [UInt8] = []
      return ByteLevelAlphabet.decode(Array(content.utf8)[...], into: &bytes) ? bytes : Array(content.utf8)
    }
    count = max(vocabulary.table.idCount, (added.map(\.id).max() ?? -1) + 1)
  }

  /// The id of the token of that name.
  func id(of name: String) -> Int? { addedIDs[name] ?? vocabulary.id(ofToken: Array(name.utf8)[...]) }

  /// The name of the token with that id.
  func name(of id: Int) -> String? { addedNames[id] ?? vocabulary.name(of: id) }

  /// Appends the bytes that a token decodes to; nothing where there is no such id.
  func appendBytes(of id: Int, to bytes: inout [UInt8]) {
    if let added = addedBytes[id] {
      bytes.append(contentsOf: added)
    } else if let token = vocabulary.table[id] {
      bytes.append(contentsOf: token)
    }
  }
}
