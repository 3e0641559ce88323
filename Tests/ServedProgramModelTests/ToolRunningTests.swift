import ChatTemplate
import OpenAIProtocol
import ServedModels
import ServedProgramModel
import Synchronization
import Testing

/// Programs that a language model calls within one request.
@Suite struct ToolRunningTests {
  private static let request = """
    {"model":"m","messages":[{"role":"user","content":"go"}],"tools":[
      {"type":"compiled_program","compiled_program":{"name":"shout","description":"d","program":"program/shout"}},
      {"type":"function","function":{"name":"mine"}}]}
    """

  /// The answer of a model that says these things one after the other, and what it was asked the last time.
  private static func answer(
    _ script: [[AnswerDelta]], _ json: String = request
  ) async throws -> (answers: CollectedAnswers, last: ChatRequest?) {
    let model = ScriptedModel(script)
    var answers = CollectedAnswers(count: 1)
    for part in try await parts(of: model, json) { answers.append(part) }
    return (answers, model.last)
  }

  private static func parts(of model: ScriptedModel, _ json: String) async throws -> [AnswerPart] {
    let running = ToolRunningModel(model, programs: ServedModels([model, ShoutingProgram()]))
    let request = try ChatRequest(RequestFields(body: Array(json.utf8)))
    return try await running.answer(request).reduce(into: []) { $0.append($1) }
  }

  private static func call(_ name: String, _ arguments: [String], index: Int = 0) -> [AnswerDelta] {
    var deltas = [ToolCallDelta(index: index, beginning: .init(id: "c\(index)", name: name))]
    deltas += arguments.map { ToolCallDelta(index: index, arguments: $0) }
    return deltas.map { call in
      var delta = AnswerDelta(choice: 0)
      delta.toolCalls = [call]
      return delta
    }
  }

  private static func text(_ text: String, _ reason: FinishReason? = nil) -> AnswerDelta {
    var delta = AnswerDelta(choice: 0)
    (delta.content, delta.finishReason) = (text, reason)
    return delta
  }

  @Test func outputsAreFedBack() async throws {
    let first =
      [Self.text("Let me see. ")] + Self.call("shout", [#"{"inp"#, #"ut":"abc"}"#]) + [Self.text("", .toolCalls)]
    let (answers, last) = try await Self.answer([first, [Self.text("It is ABC.", .stop)]])
    #expect(answers.choices[0].content == "Let me see. It is ABC.")
    #expect(answers.choices[0].finishReason == .stop)
    #expect(answers.choices[0].toolCalls.isEmpty)
    #expect(answers.usage.completionTokens == 2 && answers.usage.reasoningTokens == 2)
    #expect(
      answers.choices[0].further["program_calls"]
        == [["id": "c0", "name": "shout", "arguments": #"{"input":"abc"}"#, "output": "ABC"]])
    let messages = try #require(last?.messages)
    #expect(messages.map(\.role) == [.user, .assistant, .tool])
    #expect(messages[1].content == "Let me see. " && messages[1].toolCalls.count == 1)
    #expect(messages[2].content == "ABC" && messages[2].toolCallID == "c0")
  }

  @Test func callsOfOthersEndTheAnswer() async throws {
    let calls = Self.call("shout", [#"{"input":"a"}"#]) + Self.call("mine", ["{}"], index: 1)
    let (answers, _) = try await Self.answer([calls + [Self.text("", .toolCalls)]])
    #expect(answers.choices[0].toolCalls.map(\.name) == ["mine"])
    #expect(answers.choices[0].finishReason == .toolCalls)
  }

  /// Clients put calls together by their numbers, which begin at 0 and leave none out, wherever programs are called between them.
  @Test func callsThatAreLeftAreNumberedAnew() async throws {
    let first = Self.call("shout", [#"{"input":"a"}"#]) + [Self.text("", .toolCalls)]
    for order in [["shout", "mine"], ["mine", "shout", "mine"], ["shout", "mine", "shout", "shout", "mine", "mine"]] {
      var calls: [AnswerDelta] = []
      for (index, name) in order.enumerated() {
        calls += Self.call(name, [#"{"input":""#, "x\(index)", #""}"#], index: index)
      }
      let parts = try await Self.parts(of: ScriptedModel([first, calls + [Self.text("", .toolCalls)]]), Self.request)
      var answers = CollectedAnswers(count: 1)
      var numbers: [Int] = []
      for part in parts {
        answers.append(part)
        guard case .delta(let delta) = part else { continue }
        numbers += delta.toolCalls.map(\.index)
      }
      let places = order.indices.filter { order[$0] == "mine" }
      #expect(numbers == places.indices.flatMap { Array(repeating: $0, count: 4) }, "\(order)")
      #expect(answers.choices[0].toolCalls.map(\.arguments) == places.map { #"{"input":"x\#($0)"}"# }, "\(order)")
      let programCount = order.count - places.count + 1
      #expect(answers.choices[0].further["program_calls"]?.arrayValue?.count == programCount, "\(order)")
    }
  }

  @Test func whatIsNoInputIsToldTheModel() async throws {
    let first = Self.call("shout", ["[]"]) + [Self.text("", .toolCalls)]
    let (_, last) = try await Self.answer([first, [Self.text("x", .stop)]])
    #expect(last?.messages.last?.content.hasPrefix("error: ") == true)
  }

  @Test func aModelThatCallsForEverIsStopped() async throws {
    let call = Self.call("shout", [#"{"input":"a"}"#]) + [Self.text("", .toolCalls)]
    let (answers, last) = try await Self.answer(Array(repeating: call, count: 20))
    #expect(answers.usage.completionTokens == 8)
    #expect(last?.tools.choice == ToolChoice.none)
  }

  /// The limit is one of all rounds, and the end is said once.
  @Test func allRoundsShareTheLimit() async throws {
    let call = Self.call("shout", [#"{"input":"a"}"#]) + [Self.text("", .toolCalls)]
    let json = Self.request.dropLast(1) + #","max_tokens":3}"#
    let (answers, last) = try await Self.answer(Array(repeating: call, count: 20), String(json))
    #expect(answers.usage.completionTokens == 3 && answers.choices[0].finishReason == .length)
    #expect(last?.generation.maxTokens == 1)
    #expect(answers.choices[0].further["program_calls"]?.arrayValue?.count == 3)
  }

  @Test func oneReasonIsStreamed() async throws {
    let call = Self.call("shout", [#"{"input":"a"}"#]) + [Self.text("", .toolCalls)]
    for (end, reason) in [(Self.text("x", .stop), FinishReason.stop), (Self.text("x", .length), .length)] {
      let parts = try await Self.parts(of: ScriptedModel([call, call, [end]]), Self.request)
      let reasons = parts.compactMap { part in
        if case .delta(let delta) = part { delta.finishReason } else { nil }
      }
      #expect(reasons == [reason])
    }
  }

  @Test func aCallThatWasCutIsNotExecuted() async throws {
    for arguments in [[], [#"{"input":"a"#], [#"{"input":"#, #""a""#]] {
      let cut = Self.call("shout", arguments) + [Self.text("", .length)]
      let (answers, _) = try await Self.answer([cut, [Self.text("never", .stop)]])
      #expect(answers.choices[0].finishReason == .length && answers.choices[0].content.isEmpty)
      #expect(answers.choices[0].further["program_calls"] == nil)
    }
  }

  /// Where the most tokens end an answer, what was called before the end is executed.
  @Test(arguments: ["shout", "mine", nil])
  func callsBeforeTheEndAreExecuted(cut: String?) async throws {
    var deltas = Self.call("shout", [#"{"input":"a"}"#]) + Self.call("shout", [#"{"input":"b"}"#], index: 1)
    if let cut { deltas += Self.call(cut, [#"{"input":"c"#], index: 2) }
    let (answers, _) = try await Self.answer([deltas + [Self.text("", .length)], [Self.text("never", .stop)]])
    #expect(answers.choices[0].finishReason == .length && answers.choices[0].content.isEmpty)
    let calls = try #require(answers.choices[0].further["program_calls"]?.arrayValue)
    #expect(calls.map { $0["output"] } == ["A", "B"])
    #expect(answers.choices[0].toolCalls.map(\.name) == (cut == "mine" ? ["mine"] : []))
  }

  @Test func aLanguageModelIsNoProgram() async throws {
    let json = #"""
      {"model":"m","messages":[{"role":"user","content":"go"}],
       "tools":[{"type":"compiled_program","compiled_program":{"name":"other","program":"m"}}]}
      """#
    let error = await #expect(throws: APIError.self) { try await Self.answer([], json) }
    #expect(error?.status == 400 && error?.parameter == "tools")
  }

  @Test func aProgramThatIsNotServedIsRefused() async throws {
    let json = #"""
      {"model":"m","messages":[{"role":"user","content":"go"}],
       "tools":[{"type":"compiled_program","compiled_program":{"name":"other"}}]}
      """#
    let error = await #expect(throws: APIError.self) { try await Self.answer([], json) }
    #expect(error?.status == 404 && error?.parameter == "tools")
  }

  @Test func toolsAreFunctionsToTheModel() throws {
    let request = try ChatRequest(RequestFields(body: Array(Self.request.utf8)))
    let tool = request.tools.definitions[0]
    #expect(tool.program == "program/shout")
    #expect(tool.json.objectValue?["type"] == "function")
    #expect(tool.parameters?.objectValue?["required"] == ["input"])
    #expect(request.tools.definitions[1].program == nil)
  }
}

/// Says what it was told to say, whatever it is asked.
private final class ScriptedModel: ServedModel {
  private let script: [[AnswerDelta]]
  private let state = Mutex((turn: 0, last: ChatRequest?.none))

  init(_ script: [[AnswerDelta]]) {
    self.script = script
  }

  var card: ModelCard { ModelCard(id: "m", created: 1, owner: "test") }
  var isProgram: Bool { false }
  var last: ChatRequest? { state.withLock { $0.last } }

  func answer(_ request: ChatRequest) async throws(APIError) -> AnswerStream {
    let turn = state.withLock { state in
      state.last = request
      defer { state.turn += 1 }
      return state.turn
    }
    return stream(script.indices.contains(turn) ? script[turn] : [])
  }

  func complete(_ request: CompletionRequest) async throws(APIError) -> AnswerStream { stream([]) }
  func tokenize(_ request: TokenizeRequest) async throws(APIError) -> [Int] { [] }
  func detokenize(_ tokens: [Int]) async throws(APIError) -> String { "" }
  func state() async -> ModelState { ModelState() }
  func close(within limit: Duration) async {}
}

/// Prints its input in capitals.
private struct ShoutingProgram: ServedModel {
  var card: ModelCard { ModelCard(id: "program/shout", created: 1, owner: "test") }
  var isProgram: Bool { true }

  func complete(_ request: CompletionRequest) async throws(APIError) -> AnswerStream {
    guard case .text(let text)? = request.prompts.first else { throw APIError(.invalidRequest, "expected a text") }
    var delta = AnswerDelta(choice: 0)
    (delta.content, delta.finishReason) = (text.uppercased(), .stop)
    return stream([delta])
  }

  func answer(_ request: ChatRequest) async throws(APIError) -> AnswerStream { stream([]) }
  func tokenize(_ request: TokenizeRequest) async throws(APIError) -> [Int] { [] }
  func detokenize(_ tokens: [Int]) async throws(APIError) -> String { "" }
  func state() async -> ModelState { ModelState() }
  func close(within limit: Duration) async {}
}

/// Deltas, then a usage of one token, which was a thought.
private func stream(_ deltas: [AnswerDelta]) -> AnswerStream {
  let (stream, continuation) = AsyncThrowingStream.makeStream(of: AnswerPart.self)
  for delta in deltas { continuation.yield(.delta(delta)) }
  var usage = Usage()
  (usage.completionTokens, usage.reasoningTokens) = (1, 1)
  continuation.yield(.usage(usage))
  continuation.finish()
  return stream
}
