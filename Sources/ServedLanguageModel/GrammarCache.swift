import Clients
import Grammar
import OpenAIProtocol
import Synchronization
import Tokenizer

/// The grammars of the last requests, since the same schemas come again and again; refusals of schemas too.
final class GrammarCache: Sendable {
  typealias Result = Swift.Result<TokenGrammar, GrammarError>

  private struct Entry {
    var key: String
    var result: Result
  }

  /// The most grammars that are kept.
  static let limit = 32

  /// Those used last come first.
  private let entries = Mutex<[Entry]>([])
  private let tokenizer: Tokenizer
  private let endTokens: Set<Int>
  private let preparations: PreparationQueue
  /// Made when the first grammar is asked for.
  private let vocabulary = Mutex<TokenVocabulary?>(nil)

  /// - Parameters:
  ///   - endTokens: the tokens that end a text.
  ///   - preparations: where grammars are made.
  init(_ tokenizer: Tokenizer, endTokens: Set<Int>, _ preparations: PreparationQueue) {
    self.tokenizer = tokenizer
    self.endTokens = endTokens
    self.preparations = preparations
  }

  /// The grammar of a name, made where it is not kept.
  ///
  /// - Throws: when it cannot be made now.
  func grammar(
    _ key: String, for client: Client,
    _ make: @escaping @Sendable (TokenVocabulary) throws(GrammarError) -> TokenGrammar
  ) async throws(APIError) -> Result {
    if let kept = kept(key) { return kept }
    return try await preparations.run(for: client, cost: PreparationQueue.costOfGrammar) {
      // Another request may have had it made meanwhile.
      if let kept = self.kept(key) { return kept }
      let vocabulary = self.madeVocabulary
      let result = Result { () throws(GrammarError) in try make(vocabulary) }
      self.keep(Entry(key: key, result: result))
      return result
    }
  }

  private func kept(_ key: String) -> Result? {
    entries.withLock { entries in
      guard let place = entries.firstIndex(where: { $0.key == key }) else { return nil }
      let entry = entries.remove(at: place)
      entries.insert(entry, at: 0)
      return entry.result
    }
  }

  private func keep(_ entry: Entry) {
    entries.withLock { entries in
      entries.insert(entry, at: 0)
      entries = Array(entries.prefix(Self.limit))
    }
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
