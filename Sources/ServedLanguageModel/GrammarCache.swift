import Grammar
import Synchronization
import Tokenizer

/// The grammars of the last requests, since the same schemas come again and again.
final class GrammarCache: Sendable {
  private struct Entry {
    var key: String
    var grammar: TokenGrammar
  }

  /// The most grammars that are kept.
  static let limit = 32

  /// Those used last come first.
  private let entries = Mutex<[Entry]>([])
  private let tokenizer: Tokenizer
  private let endTokens: Set<Int>
  /// Made when the first grammar is asked for.
  private let vocabulary = Mutex<TokenVocabulary?>(nil)

  /// - Parameter endTokens: the tokens that end a text.
  init(_ tokenizer: Tokenizer, endTokens: Set<Int>) {
    self.tokenizer = tokenizer
    self.endTokens = endTokens
  }

  /// The grammar of a name, made where it is not kept.
  func grammar(
    _ key: String, _ make: (TokenVocabulary) throws(GrammarError) -> TokenGrammar
  ) throws(GrammarError) -> TokenGrammar {
    let kept = entries.withLock { entries -> TokenGrammar? in
      guard let place = entries.firstIndex(where: { $0.key == key }) else { return nil }
      let entry = entries.remove(at: place)
      entries.insert(entry, at: 0)
      return entry.grammar
    }
    if let kept { return kept }
    let grammar = try make(madeVocabulary)
    entries.withLock { entries in
      entries.insert(Entry(key: key, grammar: grammar), at: 0)
      entries = Array(entries.prefix(Self.limit))
    }
    return grammar
  }

  private var madeVocabulary: TokenVocabulary {
    vocabulary.withLock { vocabulary in
      if let vocabulary { return vocabulary }
      let made = TokenVocabulary(tokens: tokenizer.tokenBytes, endTokens: endTokens)
      vocabulary = made
      return made
    }
  }
}
