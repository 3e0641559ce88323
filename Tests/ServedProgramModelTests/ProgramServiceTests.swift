import ChatTemplate
import Foundation
import OpenAIProtocol
import ServedModels
import ServedProgramModel
import ServedPrograms
import Synchronization
import Testing
import TransformerVM

/// Programs as models of a server.
@Suite struct ProgramServiceTests {
  private static let library = Result { try ProgramLibrary(machine: ProgramLibrary.machine(engine: .plan)) }

  /// An example compiled for the base profile, which takes few tokens.
  private static func module(_ name: String) throws -> [UInt8] {
    try #require(try Example.all().first { $0.name == name }).module
  }

  private static func service(_ name: String) throws -> ProgramService {
    let program = try library.get().program(ofModule: module(name))
    return ProgramService(program, by: try ProgramServer(), created: 1)
  }

  private static func fields(_ json: String) throws -> RequestFields {
    try RequestFields(body: Array(json.utf8))
  }

  private static func complete(_ service: ProgramService, _ json: String) async throws -> (CollectedAnswers, Int) {
    let request = try CompletionRequest(fields(json))
    var answers = CollectedAnswers(count: request.prompts.count * request.generation.count)
    var parts = 0
    for try await part in try await service.complete(request) {
      answers.append(part)
      parts += 1
    }
    return (answers, parts)
  }

  private static func refusal(_ service: ProgramService, _ json: String) async throws -> APIError? {
    do {
      _ = try await complete(service, json)
      return nil
    } catch let error as APIError {
      return error
    }
  }

  @Test func aPromptIsTheInput() async throws {
    let service = try Self.service("hello")
    #expect(service.card.id.hasPrefix("program/sha256-"))
    let (answers, _) = try await Self.complete(
      service, #"{"model":"p","prompt":["é𝄞","b"],"n":2,"temperature":1,"seed":3}"#)
    #expect(answers.choices.map(\.content) == ["é𝄞", "é𝄞", "b", "b"].map { "Hello, \($0)!\n" })
    #expect(answers.choices.allSatisfy { $0.finishReason == .stop && $0.further["trace"] == nil })
    #expect(answers.choices[0].further["exit_code"] == .integer(0))
    let usage = answers.usage
    let (again, _) = try await Self.complete(service, #"{"model":"p","prompt":"b","echo":true}"#)
    let prompt = again.usage.promptTokens
    // However many answers there are to a prompt, it counts once; the second found read what the first had.
    #expect(usage.promptTokens > 2 * prompt && usage.promptTokens < 2 * prompt + 10)
    #expect(usage.cachedTokens == again.usage.cachedTokens && usage.completionTokens > 100)
    #expect(again.choices[0].content == "bHello, b!\n")
    #expect(again.usage.cachedTokens > again.usage.promptTokens * 9 / 10)
  }

  @Test func tracesAreStreamed() async throws {
    let service = try Self.service("hello")
    let (answers, parts) = try await Self.complete(service, #"{"model":"p","prompt":"b","trace":true}"#)
    let words = try #require(answers.choices[0].further["trace"]?.stringValue).split(whereSeparator: \.isWhitespace)
    #expect(words.count == answers.usage.completionTokens)
    #expect(words.filter { $0.hasSuffix(":out") }.count == "Hello, b!\n".utf8.count)
    #expect(parts > 2)
  }

  @Test func aLimitIsALength() async throws {
    let (answers, _) = try await Self.complete(
      Self.service("hello"), #"{"model":"p","prompt":"b","max_tokens":10}"#)
    #expect(answers.choices[0].finishReason == .length)
    #expect(answers.usage.completionTokens == 10)
    #expect(answers.choices[0].further["exit_code"] == nil)
  }

  @Test func theLastUserMessageIsTheInput() async throws {
    let service = try Self.service("hello")
    let request = try ChatRequest(
      Self.fields(
        """
        {"model":"p","messages":[{"role":"system","content":"s"},{"role":"user","content":"a"},
         {"role":"assistant","content":"x"},{"role":"user","content":"you"}]}
        """))
    var answers = CollectedAnswers(count: 1)
    for try await part in try await service.answer(request) { answers.append(part) }
    #expect(answers.choices[0].content == "Hello, you!\n")
    let none = try ChatRequest(Self.fields(#"{"model":"p","messages":[{"role":"system","content":"s"}]}"#))
    await #expect(throws: APIError.self) { _ = try await service.answer(none) }
  }

  @Test func modulesAreSentAlong() async throws {
    let service = ProgramService(sentTo: try Self.library.get(), by: try ProgramServer(), created: 1)
    let base64 = Data(try Self.module("hello")).base64EncodedString()
    let (answers, _) = try await Self.complete(service, #"{"model":"program","prompt":"b","program":"\#(base64)"}"#)
    #expect(answers.choices[0].content == "Hello, b!\n")
    let cases = [
      (#"{"model":"program","prompt":"b"}"#, "program"),
      (#"{"model":"program","prompt":"b","program":"AGFzbQ=="}"#, "program"),
      (#"{"model":"program","prompt":"b","program":"not base 64"}"#, "program"),
    ]
    for (json, parameter) in cases {
      let error = try await Self.refusal(service, json)
      #expect(error?.parameter == parameter && error?.status == 400, "\(json)")
    }
  }

  /// A program that ends within a character leaves a mark, where errors go too.
  @Test func aCharacterThatIsCutIsMarked() async throws {
    // Writes "a" and the first byte of "é" to the file 2.
    let base64 =
      "AGFzbQEAAAABDAJgBH9/f38Bf2AAAAIjARZ3YXNpX3NuYXBzaG90X3ByZXZpZXcxCGZkX3dyaXRlAAADAgEBBQMBAAEHEwIGbWVtb3J5AgAG"
      + "X3N0YXJ0AAEKDwENAEECQQBBAUEQEAAaCwsQAQBBAAsKCAAAAAIAAABhww=="
    let service = ProgramService(sentTo: try Self.library.get(), by: try ProgramServer(), created: 1)
    let (answers, _) = try await Self.complete(service, #"{"model":"program","prompt":"","program":"\#(base64)"}"#)
    #expect(answers.choices[0].further["error_output"] == "a\u{FFFD}")
  }

  @Test func whatGoesOnIsTakenWhileItStops() async throws {
    let service = try Self.service("hello")
    await service.close(within: .seconds(3600))
    let refused = try await Self.refusal(service, #"{"model":"p","prompt":"b"}"#)
    #expect(refused?.status == 503 && refused?.code == "server_stopping")
    var request = try CompletionRequest(Self.fields(#"{"model":"p","prompt":"b"}"#))
    request.origin.continuesAnswer = true
    var answers = CollectedAnswers(count: 1)
    for try await part in try await service.complete(request) { answers.append(part) }
    #expect(answers.choices[0].content == "Hello, b!\n")
  }

  @Test func whatWouldChangeTheAnswerIsRefused() async throws {
    let service = try Self.service("hello")
    let extras = [#""stop":"x""#, #""logprobs":1"#, #""logit_bias":{"1":2}"#, #""program":"AAAA""#]
    for extra in extras {
      let error = try await Self.refusal(service, #"{"model":"p","prompt":"b",\#(extra)}"#)
      #expect(error?.status == 400, "\(extra)")
    }
    #expect(try await Self.refusal(service, #"{"model":"p","prompt":[1,2]}"#)?.parameter == "prompt")
    // A zero byte would end the input.
    #expect(try await Self.refusal(service, #"{"model":"p","prompt":"a\u0000b"}"#)?.status == 400)
  }

  /// Of each of two programs of one server what it generated itself, once the second in which it did is over.
  @Test func theStateSaysHowFastTokensCome() async throws {
    let seconds = Mutex(3)
    let server = try ProgramServer(now: { .seconds(seconds.withLock { $0 }) })
    let services = try ["hello", "collatz"].map { name in
      ProgramService(try Self.library.get().program(ofModule: Self.module(name)), by: server, created: 1)
    }
    let (answers, _) = try await Self.complete(services[0], #"{"model":"p","prompt":"b","n":2}"#)
    #expect(await services[0].state().tokensPerSecond == 0, "this second is not over")
    seconds.withLock { $0 = 4 }
    let generated = Double(answers.usage.completionTokens)
    let state = await services[0].state()
    #expect(state.totals.generatedTokens == answers.usage.completionTokens)
    #expect(state.tokensPerSecond == generated / 4)
    #expect(await services[1].state().tokensPerSecond == 0)
    seconds.withLock { $0 = 100 }
    #expect(await services[0].state().tokensPerSecond == 0)
  }

  @Test func tokensAreThoseOfTheProgramWithItsInput() async throws {
    let service = try Self.service("hello")
    let tokens = try await service.tokenize(TokenizeRequest(Self.fields(#"{"prompt":"ab"}"#)))
    let text = service.detokenize(tokens)
    #expect(text.hasPrefix("{ 00 00 00 00 01 00"))
    #expect(text.contains("61:data 62:data"))
    // The same module, sent along.
    let sent = ProgramService(sentTo: try Self.library.get(), by: try ProgramServer(), created: 1)
    let base64 = Data(try Self.module("hello")).base64EncodedString()
    for source in [#""prompt":"ab""#, #""messages":[{"role":"user","content":"ab"}]"#] {
      let request = try TokenizeRequest(Self.fields(#"{\#(source),"program":"\#(base64)"}"#))
      #expect(try await sent.tokenize(request) == tokens)
    }
    #expect(sent.detokenize(tokens) == text)
    #expect(sent.detokenize([-1, 1 << 40]) == "token -1 token \(1 << 40)")
  }
}
