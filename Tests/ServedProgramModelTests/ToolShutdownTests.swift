import ChatTemplate
import OpenAIProtocol
import ServedModels
import ServedProgramModel
import Synchronization
import TestSupport
import Testing

/// A server that stops while a language model waits for a program.
@Suite struct ToolShutdownTests {
  private static let json = """
    {"model":"caller","messages":[{"role":"user","content":"go"}],
     "tools":[{"type":"compiled_program","compiled_program":{"name":"slow","program":"program/slow"}}]}
    """

  private static func request() throws -> ChatRequest { try ChatRequest(RequestFields(body: Array(json.utf8))) }

  private static func collect(_ model: some ServedModel) async throws -> CollectedAnswers {
    var answers = CollectedAnswers(count: 1)
    for try await part in try await model.answer(request()) { answers.append(part) }
    return answers
  }

  @Test func whatWasBegunGoesOn() async throws {
    let program = SlowProgram()
    let base = CallingModel()
    let model = ToolRunningModel(base, programs: ServedModels([base, program]))
    async let answer = Self.collect(model)
    try await eventually("the program is called") { program.isCalled }
    async let closing: Void = model.close(within: patience)
    try await eventually("the model closes") { base.isClosed }
    let refused = await #expect(throws: APIError.self) { try await Self.collect(model) }
    #expect(refused?.code == "server_stopping")
    program.finish(with: "42")
    let choice = try await answer.choices[0]
    #expect(choice.content == "It is 42." && choice.finishReason == .stop)
    await closing
    #expect(base.answered == 2, "closing has waited for the second round")
  }

  /// That the time is over is said to whoever asked, not to the model.
  @Test func aProgramThatIsStoppedEndsTheAnswer() async throws {
    let program = SlowProgram()
    let base = CallingModel()
    let model = ToolRunningModel(base, programs: ServedModels([base, program]))
    program.finish(throwing: APIError(.unavailable, "the server stops", code: "server_stopping"))
    let error = await #expect(throws: APIError.self) { try await Self.collect(model) }
    #expect(error?.code == "server_stopping" && base.answered == 1)
    await model.close(within: patience)
    program.finish(throwing: APIError(.server, "it broke"))
    let other = CallingModel()
    let answers = try await Self.collect(ToolRunningModel(other, programs: ServedModels([other, program])))
    #expect(answers.choices[0].content == "It is error: it broke.")
  }
}

/// Calls a program, and tells what it printed.
private final class CallingModel: ServedModel {
  private let state = Mutex((isClosed: false, answered: 0))

  var card: ModelCard { ModelCard(id: "caller", created: 1, owner: "test") }
  var isProgram: Bool { false }
  var isClosed: Bool { state.withLock { $0.isClosed } }
  var answered: Int { state.withLock { $0.answered } }

  func answer(_ request: ChatRequest) async throws(APIError) -> AnswerStream {
    guard !isClosed || request.origin.continuesAnswer else {
      throw APIError(.unavailable, "the server stops", code: "server_stopping")
    }
    state.withLock { $0.answered += 1 }
    var delta = AnswerDelta(choice: 0)
    if let last = request.messages.last, last.role == .tool {
      (delta.content, delta.finishReason) = ("It is \(last.content).", .stop)
    } else {
      delta.toolCalls = [
        ToolCallDelta(index: 0, beginning: .init(id: "c", name: "slow"), arguments: #"{"input":"x"}"#)
      ]
      delta.finishReason = .toolCalls
    }
    let (stream, continuation) = AnswerStream.makeStream()
    continuation.yield(.delta(delta))
    continuation.finish()
    return stream
  }

  func close(within limit: Duration) async { state.withLock { $0.isClosed = true } }
  func complete(_ request: CompletionRequest) async throws(APIError) -> AnswerStream { AnswerStream { $0.finish() } }
  func tokenize(_ request: TokenizeRequest) async throws(APIError) -> [Int] { [] }
  func detokenize(_ tokens: [Int]) async throws(APIError) -> String { "" }
  func state() async -> ModelState { ModelState() }
}

/// Prints what it is told to, when it is told to.
private final class SlowProgram: ServedModel {
  private let state = Mutex((isCalled: false, ending: Result<String, APIError>?.none))

  var card: ModelCard { ModelCard(id: "program/slow", created: 1, owner: "test") }
  var isProgram: Bool { true }
  var isCalled: Bool { state.withLock { $0.isCalled } }

  func finish(with text: String) { state.withLock { $0.ending = .success(text) } }
  func finish(throwing error: APIError) { state.withLock { $0.ending = .failure(error) } }

  func complete(_ request: CompletionRequest) async throws(APIError) -> AnswerStream {
    #expect(request.origin.continuesAnswer)
    state.withLock { $0.isCalled = true }
    do { try await eventually("it is told to end") { state.withLock { $0.ending != nil } } } catch {
      throw APIError(.server, "\(error)")
    }
    var delta = AnswerDelta(choice: 0)
    delta.content = try state.withLock { $0.ending }?.get() ?? ""
    let last = delta
    return AnswerStream { continuation in
      continuation.yield(.delta(last))
      continuation.finish()
    }
  }

  func close(within limit: Duration) async {}
  func answer(_ request: ChatRequest) async throws(APIError) -> AnswerStream { AnswerStream { $0.finish() } }
  func tokenize(_ request: TokenizeRequest) async throws(APIError) -> [Int] { [] }
  func detokenize(_ tokens: [Int]) async throws(APIError) -> String { "" }
  func state() async -> ModelState { ModelState() }
}
