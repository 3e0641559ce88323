public import ChatTemplate

/// A grammar over the tokens of a model: which may come next at each step of a generation.
///
/// ```swift
/// let vocabulary = TokenVocabulary(tokens: tokens, endTokens: [151_645])
/// let grammar = try TokenGrammar(schema: ["type": "array", "items": ["type": "integer"]], vocabulary: vocabulary)
/// request.processors.append(grammar.makeProcessor())
/// ```
///
/// Whatever tokens are chosen among those that it allows, the text is a document that satisfies the schema once it ends
/// by itself. A grammar is made once for a schema, cheap to copy, and remembers what it finds for all its processors.
public struct TokenGrammar: Sendable {
  /// What may come before the constrained text.
  public enum Thinking: Hashable, Sendable {
    /// Nothing.
    case none
    /// `<think>`, any text and `</think>`, or nothing.
    case optional
    /// Any text and `</think>`: the prompt ends within a thought.
    case open
  }

  let finder: MaskFinder

  /// A grammar of the documents that satisfy a schema.
  ///
  /// - Parameter isStrict: whether a `format` that is not held to is refused rather than passed over.
  /// - Throws: for a schema that is malformed, too large, without documents, or with keywords that are not supported.
  public init(
    schema: JSONValue, vocabulary: TokenVocabulary, thinking: Thinking = .none, isStrict: Bool = false
  ) throws(GrammarError) {
    try self.init(vocabulary, thinking) { common, table throws(GrammarError) in
      .rule(try SchemaCompiler.addRule(for: schema, common, to: &table, isStrict: isStrict))
    }
  }

  /// A grammar of all JSON objects.
  public static func anyObject(vocabulary: TokenVocabulary, thinking: Thinking = .none) throws(GrammarError)
    -> TokenGrammar
  {
    try TokenGrammar(vocabulary, thinking) { common, _ in .rule(common.object) }
  }

  init(
    _ vocabulary: TokenVocabulary, _ thinking: Thinking,
    _ addRules: (CommonRules, inout RuleTable) throws(GrammarError) -> RuleExpression
  ) throws(GrammarError) {
    let common = try CommonRules.shared.get()
    var table = common.table
    let body = try addRules(common, &table)
    let start = try table.add(.sequence([thinking.expression(common), body]))
    finder = MaskFinder(try table.automaton(startingWith: start), vocabulary, commonStates: common.stateCount)
  }

  /// What forbids all other tokens for one request.
  public func makeProcessor() -> GrammarProcessor { GrammarProcessor(finder) }

  /// Whether the grammar's texts include this one.
  public func accepts(_ text: String) -> Bool {
    var reader = GrammarReader(finder.automaton)
    return text.utf8.allSatisfy { reader.read([$0]) } && reader.isComplete
  }
}

extension TokenGrammar.Thinking {
  fileprivate func expression(_ common: CommonRules) -> RuleExpression {
    switch self {
    case .none: .sequence([])
    case .optional: .optional(.rule(common.thought))
    case .open: .rule(common.openThought)
    }
  }
}
