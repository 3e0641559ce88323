import ChatTemplate
import Grammar
import OpenAIProtocol

extension LanguageModelService {
  /// What holds an answer to the format, or to the tools, that a request asks for; nil where it may be any text.
  ///
  /// - Parameter start: where the answer begins; thoughts come first and are free.
  /// - Throws: for schemas that cannot be held to.
  func constraint(
    _ request: ChatRequest, _ start: AnswerParser.Start
  ) throws(APIError) -> GrammarProcessor? {
    let tools = request.tools
    let thinking: TokenGrammar.Thinking =
      start == .thought ? .open : request.templateArguments["enable_thinking"] == false ? .none : .optional
    let grammar: TokenGrammar?
    switch tools.choice {
    case .required: grammar = try calls(tools.definitions, tools.allowsSeveral, thinking)
    case .function(let name): grammar = try calls(tools.definitions.filter { $0.name == name }, false, thinking)
    case .automatic where request.responseFormat == .text && tools.definitions.contains(where: \.isStrict):
      return try textWithCalls(tools.definitions, beginsInThought: start == .thought).makeProcessor()
    case .none, .automatic: grammar = try format(request.responseFormat, thinking)
    }
    guard let grammar else { return nil }
    guard !request.generation.ignoresEnd else {
      throw APIError(
        .invalidRequest, "'ignore_eos': expected false where 'response_format' or 'tool_choice' say when to end",
        parameter: "ignore_eos")
    }
    return grammar.makeProcessor()
  }

  private func calls(
    _ tools: [ToolDefinition], _ allowsSeveral: Bool, _ thinking: TokenGrammar.Thinking
  ) throws(APIError) -> TokenGrammar {
    try grammar("calls \(allowsSeveral) \(thinking)", of: tools) { vocabulary throws(GrammarError) in
      let signatures = tools.map { ToolSignature(name: $0.name, parameters: $0.parameters, isStrict: $0.isStrict) }
      return try TokenGrammar.toolCalls(
        signatures, allowsSeveral: allowsSeveral, vocabulary: vocabulary, thinking: thinking)
    }
  }

  /// Any text, in which the calls of strict tools have arguments of their schemas, and those of others any object.
  private func textWithCalls(
    _ tools: [ToolDefinition], beginsInThought: Bool
  ) throws(APIError) -> TokenGrammar {
    try grammar("text with calls \(beginsInThought)", of: tools) { vocabulary throws(GrammarError) in
      let signatures = tools.map {
        ToolSignature(name: $0.name, parameters: $0.isStrict ? $0.parameters : nil, isStrict: $0.isStrict)
      }
      return try TokenGrammar.textWithToolCalls(signatures, vocabulary: vocabulary, beginsInThought: beginsInThought)
    }
  }

  private func grammar(
    _ form: String, of tools: [ToolDefinition], _ make: (TokenVocabulary) throws(GrammarError) -> TokenGrammar
  ) throws(APIError) -> TokenGrammar {
    do {
      return try grammars.grammar("\(form) \(JSONValue.array(tools.map(\.json)).jsonText)", make)
    } catch {
      throw APIError(
        .invalidRequest, "'tools': \(error)", parameter: "tools", code: "invalid_function_parameters")
    }
  }

  private func format(
    _ format: ResponseFormat, _ thinking: TokenGrammar.Thinking
  ) throws(APIError) -> TokenGrammar? {
    let name = "response_format.json_schema.schema"
    do {
      switch format {
      case .text: return nil
      case .jsonObject:
        return try grammars.grammar("object \(thinking)") { vocabulary throws(GrammarError) in
          try TokenGrammar.anyObject(vocabulary: vocabulary, thinking: thinking)
        }
      case .jsonSchema(let schema, let isStrict):
        let key = "schema \(isStrict) \(thinking) \(schema.jsonText)"
        return try grammars.grammar(key) { vocabulary throws(GrammarError) in
          try TokenGrammar(schema: schema, vocabulary: vocabulary, thinking: thinking, isStrict: isStrict)
        }
      }
    } catch {
      throw APIError(.invalidRequest, "'\(name)': \(error)", parameter: name, code: "invalid_json_schema")
    }
  }
}
