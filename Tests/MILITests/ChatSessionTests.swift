import Foundation
import MILI
import TestSupport
import Testing

@Suite struct ChatSessionTests {
  /// What a session would say if it computed every turn from the beginning.
  private func answer(
    to messages: [Chat.Message], _ context: ModelContext, parameters: GenerateParameters = briefly,
    variables: JSONObject = [:]
  ) throws -> (text: String, promptCount: Int) {
    let prompt = try context.tokenizer.applyChatTemplate(
      messages: messages.map(\.jsonValue), additionalContext: variables)
    let text = try onOwnThreads {
      var text = ""
      for try await part in generate(prompt: prompt, parameters: parameters, context: context) {
        text += part.chunk ?? ""
      }
      return text
    }
    return (text, prompt.count)
  }

  @Test func turnsAreThoseOfTheWholeConversation() throws {
    let context = try TinyModel().load()
    let session = ChatSession(context, instructions: "Be brief.", generateParameters: briefly)
    var expected: [Chat.Message] = [.system("Be brief.")]
    for message in ["Hello", "And the sun?", ""] {
      expected.append(.user(message))
      let wanted = try answer(to: expected, context).text
      expected.append(.assistant(wanted))
      #expect(try onOwnThreads { try await session.respond(to: message) } == wanted)
      #expect(session.messages == expected)
    }
  }

  /// A turn computes its message and the marks around it, not what was computed before it.
  @Test func onlyWhatIsNewIsComputed() throws {
    let context = try TinyModel().load()
    let session = ChatSession(context, generateParameters: briefly)
    func promptCount(_ message: String) throws -> Int? {
      try onOwnThreads {
        try await session.streamDetails(to: message).reduce(into: nil) { $0 = $1.info?.promptTokenCount ?? $0 }
      }
    }
    let first = String(repeating: "a long story ", count: 20)
    let whole = try context.tokenizer.applyChatTemplate(messages: [Chat.Message.user(first).jsonValue]).count
    #expect(try promptCount(first) == whole)
    #expect(try #require(try promptCount("so")) < 60)
  }

  @Test func variablesAndParametersCountFromTheNextTurnOn() throws {
    let context = try TinyModel().load()
    let session = ChatSession(context, generateParameters: briefly)
    let first = try onOwnThreads { try await session.respond(to: "one") }
    session.additionalContext = ["enable_thinking": false]
    session.generateParameters = .init(maxTokens: 3, temperature: 0)
    let wanted = try answer(
      to: [.user("one"), .assistant(first), .user("two")], context, parameters: .init(maxTokens: 3, temperature: 0),
      variables: ["enable_thinking": false])
    #expect(try onOwnThreads { try await session.respond(to: "two") } == wanted.text)
  }

  /// What the checkpoint's authors recommend is another thing when the model is told not to think.
  @Test func recommendationsFollowTheTemplatesVariable() throws {
    let session = ChatSession(try TinyModel().load(), additionalContext: ["enable_thinking": false])
    #expect(session.nextParameters == .nonThinking)
    session.additionalContext = ["enable_thinking": true]
    #expect(session.nextParameters == .thinking)
    session.additionalContext = [:]
    #expect(session.nextParameters == .thinking)
    session.generateParameters = briefly
    #expect(session.nextParameters == briefly)
  }

  @Test func whatADroppedTurnTookIsKnown() throws {
    var shape = Qwen3Configuration.tiny()
    shape.maximumPositions = 1 << 20
    let model = try TinyModel(shape)
    // Greedy, this model then goes on with one token for ever.
    try Data("{% for message in messages %}{{ message.content }}{% endfor %}a".utf8)
      .write(to: model.folder.appending(path: "chat_template.jinja"))
    let session = ChatSession(try model.load(), generateParameters: .greedy)
    #expect(try onOwnThreads { await session.lastInfo } == nil)
    let info = try onOwnThreads {
      for try await _ in session.streamResponse(to: "hello") { break }
      return await session.lastInfo
    }
    let count = try #require(info?.generationTokenCount)
    #expect(info?.stopReason == .cancelled)
    #expect(count > 0)
    session.generateParameters = .init(temperature: -1)
    #expect(throws: LanguageModelError.self) { try onOwnThreads { try await session.respond(to: "go on") } }
    #expect(try onOwnThreads { await session.lastInfo } == nil)
  }

  @Test func aDroppedTurnLeavesWhatWasSaid() throws {
    let context = try TinyModel().load()
    // So long that it is dropped before its end, and so short that even the whole of it leaves room for the next turn.
    let session = ChatSession(context, generateParameters: .init(maxTokens: 2000, temperature: 1, seed: 2))
    let heard = try onOwnThreads {
      for try await text in session.streamResponse(to: "tell me") { return text }
      return ""
    }
    session.generateParameters = briefly
    let answered = try onOwnThreads { try await session.respond(to: "go on") }
    let messages = session.messages
    #expect(messages.map(\.role) == [.user, .assistant, .user, .assistant])
    #expect(messages[1].content.hasPrefix(heard))
    #expect(try answer(to: Array(messages.dropLast()), context).text == answered)
  }

  @Test func turnsAskedForTogetherComeOneAfterTheOther() throws {
    let context = try TinyModel().load()
    let session = ChatSession(context, generateParameters: briefly)
    try onOwnThreads {
      try await withThrowingTaskGroup { group in
        for number in 0..<6 { group.addTask { try await session.respond(to: "\(number)") } }
        try await group.waitForAll()
      }
    }
    let messages = session.messages
    #expect(Set(messages.filter { $0.role == .user }.map(\.content)) == Set((0..<6).map { "\($0)" }))
    for end in stride(from: 1, to: messages.count, by: 2) {
      #expect(try answer(to: Array(messages[..<end]), context).text == messages[end].content)
    }
  }

  @Test func aRefusedTurnChangesNothing() throws {
    var shape = Qwen3Configuration.tiny()
    shape.maximumPositions = 64
    let context = try TinyModel(shape).load()
    let session = ChatSession(context, generateParameters: briefly)
    #expect(throws: LanguageModelError.self) {
      try onOwnThreads { try await session.respond(to: String(repeating: "long", count: 100)) }
    }
    #expect(session.messages.isEmpty)
    let wanted = try answer(to: [.user("hi")], context).text
    #expect(try onOwnThreads { try await session.respond(to: "hi") } == wanted)
    try onOwnThreads { await session.clear() }
    #expect(session.messages.isEmpty)
    #expect(try onOwnThreads { try await session.respond(to: "hi") } == wanted)
  }

  @Test func historyIsWhatWasSaidBefore() throws {
    let context = try TinyModel().load()
    let history: [Chat.Message] = [.user("a"), .assistant("<think>\nhm\n</think>\n\nb")]
    let session = ChatSession(context, history: history, generateParameters: briefly)
    #expect(
      try onOwnThreads { try await session.respond(to: "c") } == answer(to: history + [.user("c")], context).text)
  }

  @Test func aModelWithoutATemplateSaysSo() throws {
    let model = try TinyModel()
    try FileManager.default.removeItem(at: model.folder.appending(path: "tokenizer_config.json"))
    let context = try model.load()
    let error = #expect(throws: TokenizerError.self) {
      try onOwnThreads { try await ChatSession(context).respond(to: "hi") }
    }
    #expect(error?.kind == .chatTemplate)
  }
}
