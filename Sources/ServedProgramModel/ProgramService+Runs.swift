import ChatTemplate
import OpenAIProtocol
import ServedModels
import ServedPrograms

extension ProgramService {
  /// The most runs of one request.
  private static let mostRuns = 512

  /// A run, and which of the answers it is.
  private struct Choice: Sendable {
    let number: Int
    let echo: String
    /// Whether it is the first of its input, whose prompt then counts.
    let countsPrompt: Bool
    let parts: AsyncThrowingStream<ProgramPart, any Error>
  }

  /// Runs the program with each input as often as is asked for, side by side.
  func run(
    _ inputs: [[UInt8]], _ generation: GenerationFields, _ origin: RequestOrigin, _ fields: ProgramFields, echoes: Bool
  ) async throws(APIError) -> AnswerStream {
    guard inputs.count * generation.count <= Self.mostRuns else {
      throw APIError(.invalidRequest, "'n': expected at most \(Self.mostRuns) answers", parameter: "n")
    }
    let program = try await program(fields)
    var choices: [Choice] = []
    for input in inputs {
      var request = ProgramRequest(program, input: input)
      request.arguments = fields.arguments
      request.maximumTokens = generation.maxTokens
      request.streamsTrace = fields.streamsTrace
      request.client = origin.client
      request.isContinuation = origin.continuesAnswer
      request.model = card.id
      let echo = echoes ? String(decoding: input, as: UTF8.self) : ""
      do throws(ProgramServingError) {
        for (place, parts) in try await server.run(request, count: generation.count).enumerated() {
          choices.append(Choice(number: choices.count, echo: echo, countsPrompt: place == 0, parts: parts))
        }
      } catch {
        throw APIError(error)
      }
    }
    return Self.answers(choices)
  }

  /// The parts of all answers, as they come.
  private static func answers(_ choices: [Choice]) -> AnswerStream {
    let (stream, continuation) = AsyncThrowingStream.makeStream(of: AnswerPart.self)
    let task = Task {
      do {
        let usage = try await withThrowingTaskGroup(of: Usage.self) { group in
          for choice in choices {
            group.addTask { try await forward(choice) { continuation.yield(.delta($0)) } }
          }
          return try await group.reduce(into: Usage()) { $0.add($1) }
        }
        continuation.yield(.usage(usage))
        continuation.finish()
      } catch {
        continuation.finish(throwing: APIError(error))
      }
    }
    continuation.onTermination = { _ in task.cancel() }
    return stream
  }

  /// Passes on what a run brings.
  private static func forward(
    _ choice: Choice, _ send: (AnswerDelta) -> Void
  ) async throws -> Usage {
    var text = HeldBytes()
    var errors = HeldBytes()
    var usage = Usage()
    func pass(_ content: String = "", _ further: JSONObject = [:], _ reason: FinishReason? = nil) {
      var delta = AnswerDelta(choice: choice.number)
      (delta.content, delta.further, delta.finishReason) = (content, further, reason)
      if !delta.isEmpty { send(delta) }
    }
    // Not before there is more to say: what comes first says that the run has begun.
    var echo = choice.echo
    func content(_ text: String) -> String {
      defer { echo = "" }
      return echo + text
    }
    for try await part in choice.parts {
      switch part {
      case .output(let bytes): pass(content(text.take(bytes)))
      case .errorOutput(let bytes):
        let text = errors.take(bytes)
        if !text.isEmpty { pass("", ["error_output": .string(text)]) }
      case .trace(let tokens): pass("", ["trace": .string(tokens)])
      case .end(let report):
        let cut = errors.rest()
        if !cut.isEmpty { pass("", ["error_output": .string(cut)]) }
        pass(content(text.rest()), report.ending.members, report.ending == .limit ? .length : .stop)
        if choice.countsPrompt { (usage.promptTokens, usage.cachedTokens) = (report.promptTokens, report.cachedTokens) }
        usage.completionTokens = report.generatedTokens
      }
    }
    return usage
  }
}

extension ProgramEnding {
  /// What a choice says of it.
  fileprivate var members: JSONObject {
    var members = JSONObject()
    members["exit_code"] = exitCode.map { .integer(Int($0)) }
    members["trap"] = trap.map(JSONValue.string)
    return members
  }
}
