public import ChatTemplate

/// A tool that a model may call.
public struct ToolSignature: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// The schema of its arguments; nil for any object, or for none where it is strict.
  public var parameters: JSONValue?
  /// Whether a `format` that is not held to is refused rather than passed over.
  public var isStrict: Bool

  public init(name: String, parameters: JSONValue?, isStrict: Bool = false) {
    self.name = name
    self.parameters = parameters
    self.isStrict = isStrict
  }
}

extension TokenGrammar {
  /// A grammar of calls of tools, as Qwen's chat template writes them:
  ///
  ///     <tool_call>
  ///     {"name": "NAME", "arguments": ARGUMENTS}
  ///     </tool_call>
  ///
  /// - Parameters:
  ///   - tools: those that may be called, at least one.
  ///   - allowsSeveral: whether further calls may follow the first, each on a line of its own.
  /// - Throws: as for schemas; the pointer begins with `/tools/INDEX/function/parameters`.
  public static func toolCalls(
    _ tools: [ToolSignature], allowsSeveral: Bool = false, vocabulary: TokenVocabulary, thinking: Thinking = .none
  ) throws(GrammarError) -> TokenGrammar {
    try TokenGrammar(vocabulary, thinking) { common, table throws(GrammarError) in
      let call = RuleExpression.sequence([.literal(callMark), try restOfCall(tools, common, &table)])
      return allowsSeveral ? .separated(call, by: .byte("\n")) : call
    }
  }

  /// A grammar of any text in which each `<tool_call>` is the beginning of a call of one of some tools.
  ///
  /// In a thought, with which a text may begin, the mark means nothing.
  ///
  /// - Parameters:
  ///   - tools: those that may be called, at least one.
  ///   - beginsInThought: whether the prompt ends with `<think>`.
  /// - Throws: as for schemas; the pointer begins with `/tools/INDEX/function/parameters`.
  public static func textWithToolCalls(
    _ tools: [ToolSignature], vocabulary: TokenVocabulary, beginsInThought: Bool = false
  ) throws(GrammarError) -> TokenGrammar {
    try TokenGrammar(vocabulary, .none) { common, table throws(GrammarError) in
      let call = RuleExpression.rule(try table.add(restOfCall(tools, common, &table)))
      let upToCall = SubstringAutomaton.ending(with: callMark)
      let withoutCall = SubstringAutomaton.without(callMark)
      // No rule, since it may be empty: a text ends only where the rules that it is in end.
      let text = RuleExpression.sequence([
        .star(.sequence([.automaton(upToCall), call])), .automaton(withoutCall),
      ])
      let restOfThought = RuleExpression.choice([
        .sequence([.automaton(SubstringAutomaton.ending(with: thoughtEnd)), text]),
        .automaton(SubstringAutomaton.without(thoughtEnd)),
      ])
      if beginsInThought { return restOfThought }
      let thoughtless = SubstringAutomaton.notBeginning(with: thoughtMark)
      let space = RuleExpression.bytes(SubstringAutomaton.space.map { $0...$0 }, .none)
      return .choice([
        .sequence([.star(space), .literal(thoughtMark), restOfThought]),
        .sequence([.automaton(try upToCall.intersection(thoughtless, &table.budget)), call, text]),
        .automaton(try withoutCall.intersection(thoughtless, &table.budget)),
      ])
    }
  }

  private static let callMark = Array("<tool_call>".utf8)
  private static let thoughtMark = Array("<think>".utf8)
  private static let thoughtEnd = Array("</think>".utf8)

  /// What comes behind `<tool_call>`.
  private static func restOfCall(_ tools: [ToolSignature], _ common: CommonRules, _ table: inout RuleTable)
    throws(GrammarError) -> RuleExpression
  {
    var calls: [RuleExpression] = []
    for (index, tool) in tools.enumerated() {
      let arguments = try arguments(of: tool, index, common, &table)
      calls.append(.sequence([.literal(JSONText.canonical(tool.name)), .text(", \"arguments\": "), arguments]))
    }
    return .sequence([.text("\n{\"name\": "), .choice(calls), .text("}\n</tool_call>")])
  }

  private static func arguments(of tool: ToolSignature, _ index: Int, _ common: CommonRules, _ table: inout RuleTable)
    throws(GrammarError) -> RuleExpression
  {
    let parameters = tool.parameters ?? .null
    if parameters == .null, tool.isStrict { return .text("{}") }
    if parameters == .null || parameters == .bool(true) || parameters.objectValue?.isEmpty == true {
      return .rule(common.object)
    }
    do {
      return .rule(try SchemaCompiler.addRule(for: parameters, common, to: &table, isStrict: tool.isStrict))
    } catch {
      throw GrammarError(error.kind, "/tools/\(index)/function/parameters" + error.pointer, error.message)
    }
  }
}
