public import ChatTemplate

/// A tool that a model may call.
public struct ToolSignature: Hashable, Sendable {
  /// Its name.
  public var name: String
  /// The schema of its arguments; nil for any object.
  public var parameters: JSONValue?

  public init(name: String, parameters: JSONValue?) {
    self.name = name
    self.parameters = parameters
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
      var calls: [RuleExpression] = []
      for (index, tool) in tools.enumerated() {
        let arguments = try rule(of: tool, index, common, &table)
        calls.append(.sequence([.literal(JSONText.canonical(tool.name)), .text(", \"arguments\": "), arguments]))
      }
      let call = RuleExpression.sequence([
        .text("<tool_call>\n{\"name\": "), .choice(calls), .text("}\n</tool_call>"),
      ])
      return allowsSeveral ? .separated(call, by: .byte("\n")) : call
    }
  }

  private static func rule(of tool: ToolSignature, _ index: Int, _ common: CommonRules, _ table: inout RuleTable)
    throws(GrammarError) -> RuleExpression
  {
    let parameters = tool.parameters ?? .null
    if parameters == .null || parameters == .bool(true) || parameters.objectValue?.isEmpty == true {
      return .rule(common.object)
    }
    do {
      return .rule(try SchemaCompiler.addRule(for: parameters, common, to: &table, isStrict: false))
    } catch {
      throw GrammarError(error.kind, "/tools/\(index)/function/parameters" + error.pointer, error.message)
    }
  }
}
