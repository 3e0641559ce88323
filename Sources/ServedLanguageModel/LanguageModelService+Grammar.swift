import ChatTemplate
import Clients
import Grammar
import OpenAIProtocol

extension LanguageModelService {
  /// What holds an answer to the format, or to the tools, that a request asks for; nil where it may be any text.
  ///
  /// - Parameter start: where the answer begins; thoughts come first and are free.
  /// - Throws: for schemas that cannot be held to.
  func constraint(
    _ request: ChatRequest, _ start: AnswerParser.Start
  ) async throws(APIError) -> GrammarProcessor? {
    let (tools, client) = (request.tools, request.origin.client)
    let thinking: TokenGrammar.Thinking =
      start == .thought ? .open : request.templateArguments["enable_thinking"] == false ? .none : .optional
    let grammar: TokenGrammar?
    switch tools.choice {
    case .required: grammar = try await calls(tools.definitions, tools.allowsSeveral, thinking, client)
    case .function(let name):
      grammar = try await calls(tools.definitions.filter { $0.name == name }, false, thinking, client)
    case .automatic where request.responseFormat == .text && tools.definitions.contains(where: \.isStrict):
      return try await textWithCalls(tools.definitions, beginsInThought: start == .thought, client).makeProcessor()
    case .none, .automatic: grammar = try await format(request.responseFormat, thinking, client)
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
    _ tools: [ToolDefinition], _ allowsSeveral: Bool, _ thinking: TokenGrammar.Thinking, _ client: Client
  ) async throws(APIError) -> TokenGrammar {
    try await grammar("calls \(allowsSeveral) \(thinking)", of: tools, client) { vocabulary throws(GrammarError) in
      let signatures = tools.map { ToolSignature(name: $0.name, parameters: $0.parameters, isStrict: $0.isStrict) }
      return try TokenGrammar.toolCalls(
        signatures, allowsSeveral: allowsSeveral, vocabulary: vocabulary, thinking: thinking)
    }
  }

  /// Any text, in which the calls of strict tools have arguments of their schemas, and those of others any object.
  private func textWithCalls(
    _ tools: [ToolDefinition], beginsInThought: Bool, _ client: Client
  ) async throws(APIError) -> TokenGrammar {
    try await grammar("text with calls \(beginsInThought)", of: tools, client) { vocabulary throws(GrammarError) in
      let signatures = tools.map {
        ToolSignature(name: $0.name, parameters: $0.isStrict ? $0.parameters : nil, isStrict: $0.isStrict)
      }
      return try TokenGrammar.textWithToolCalls(signatures, vocabulary: vocabulary, beginsInThought: beginsInThought)
    }
  }

  private func grammar(
    _ form: String, of tools: [ToolDefinition], _ client: Client,
    _ make: @escaping @Sendable (TokenVocabulary) throws(GrammarError) -> TokenGrammar
  ) async throws(APIError) -> TokenGrammar {
    let key = "\(form) \(JSONValue.array(tools.map(\.json)).jsonText)"
    return try await grammars.grammar(key, for: client, make).mapError { error in
      APIError(.invalidRequest, "'tools': \(error)", parameter: "tools", code: "invalid_function_parameters")
    }.get()
  }

  private func format(
    _ format: ResponseFormat, _ thinking: TokenGrammar.Thinking, _ client: Client
  ) async throws(APIError) -> TokenGrammar? {
    let result: GrammarCache.Result
    switch format {
    case .text: return nil
    case .jsonObject:
      result = try await grammars.grammar("object \(thinking)", for: client) { vocabulary throws(GrammarError) in
        try TokenGrammar.anyObject(vocabulary: vocabulary, thinking: thinking)
      }
    case .jsonSchema(let schema, let isStrict):
      let key = "schema \(isStrict) \(thinking) \(schema.jsonText)"
      result = try await grammars.grammar(key, for: client) { vocabulary throws(GrammarError) in
        try TokenGrammar(schema: schema, vocabulary: vocabulary, thinking: thinking, isStrict: isStrict)
      }
    }
    return try result.mapError { error in
      let name = "response_format.json_schema.schema"
      return APIError(.invalidRequest, "'\(name)': \(error)", parameter: name, code: "invalid_json_schema")
    }.get()
  }
}
