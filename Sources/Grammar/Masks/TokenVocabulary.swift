/// The tokens of a model as bytes, arranged so that a grammar finds those that may come next.
///
/// It is made once for a tokenizer, and cheap to copy.
public struct TokenVocabulary: Sendable {
  let trie: TokenTrie
  /// The tokens that end a text.
  let endTokens: Set<Int>
  let tokens: [[UInt8]?]
  /// What is known of the rules that all grammars share.
  let commonMasks = MaskCache()

  /// - Parameters:
  ///   - tokens: the bytes that each token is decoded to, by id; nil or none for those that may never come within a
  ///     document, special tokens above all.
  ///   - endTokens: the tokens that may come where a document can end.
  public init(tokens: [[UInt8]?], endTokens: Set<Int>) {
    let usable = tokens.enumerated().map { token, bytes in endTokens.contains(token) ? nil : bytes }
    self.tokens = usable
    self.endTokens = endTokens.filter { $0 >= 0 }
    trie = TokenTrie(usable)
  }

  /// How many tokens there are, end tokens included.
  var count: Int { max(tokens.count, (endTokens.max() ?? -1) + 1) }
}
