import ChatTemplate
package import OpenAIProtocol
package import ServedModels

/// A language model whose calls of compiled programs are executed in place, within one request.
///
/// A tool of the type `compiled_program` is shown to the model as a function that takes a text, `input`. When the model calls
/// it, the program runs with that input, its output is fed back as the tool's message, and the model goes on; whoever asked sees
/// one answer, whose further member `program_calls` lists the calls with what they printed. Calls of other tools end the answer,
/// as ever.
package struct ToolRunningModel: ServedModel {
  private let base: any ServedModel
  /// Where programs are found.
  private let models: ServedModels
  private let running = RunningAnswers()

  /// How often the model may go on behind what programs printed.
  private static let mostRounds = 8

  package init(_ base: any ServedModel, programs models: ServedModels) {
    self.base = base
    self.models = models
  }

  package var card: ModelCard { base.card }
  package var isProgram: Bool { base.isProgram }

  package func answer(_ request: ChatRequest) async throws(APIError) -> AnswerStream {
    let names = request.tools.definitions.compactMap(\.program)
    guard !names.isEmpty else { return try await base.answer(request) }
    guard request.generation.count == 1 else {
      throw APIError(.invalidRequest, "'n': expected 1 where compiled programs are tools", parameter: "n")
    }
    for name in names {
      guard let model = try? models.model(name) else {
        throw APIError(
          .notFound, "'tools': the program '\(name.prefix(64))' does not exist", parameter: "tools",
          code: "model_not_found")
      }
      guard model.isProgram else {
        throw APIError(
          .invalidRequest, "'tools': expected the model of a compiled program, found '\(name)'", parameter: "tools")
      }
    }
    running.begin()
    let first: AnswerStream
    do throws(APIError) {
      first = try await base.answer(request)
    } catch {
      running.end()
      throw error
    }
    let (stream, continuation) = AsyncThrowingStream.makeStream(of: AnswerPart.self)
    let task = Task {
      defer { running.end() }
      do {
        try await run(request, first) { continuation.yield($0) }
        continuation.finish()
      } catch {
        continuation.finish(throwing: APIError(error))
      }
    }
    continuation.onTermination = { _ in task.cancel() }
    return stream
  }

  /// Lets the model answer, and again behind what programs printed, until it calls none or has its most tokens, all rounds
  /// together.
  private func run(
    _ request: ChatRequest, _ first: AnswerStream, _ send: (AnswerPart) -> Void
  ) async throws {
    var request = request
    request.origin.continuesAnswer = true
    let mostTokens = request.generation.maxTokens
    var answers = first
    var usage = Usage()
    var reports: [JSONValue] = []
    var reason = FinishReason.stop
    for round in 1...Self.mostRounds {
      var turn = ToolTurn(programs: request.tools.definitions)
      for try await part in answers {
        switch part {
        case .delta(let delta): if let rest = turn.take(delta) { send(.delta(rest)) }
        case .usage(let more): usage.add(more)
        }
      }
      reason = turn.finishReason
      let calls = turn.wholeCalls
      guard !calls.isEmpty else { break }
      request.messages.append(turn.message)
      for call in calls {
        let output = try await execute(call, request)
        request.messages.append(call.answer(output))
        reports.append(call.report(output))
      }
      var delta = AnswerDelta(choice: 0)
      delta.further = ["program_calls": .array(reports)]
      send(.delta(delta))
      guard reason == .toolCalls, !turn.callsOthers else { break }
      reason = .length
      if let limit = mostTokens {
        guard usage.completionTokens < limit else { break }
        request.generation.maxTokens = limit - usage.completionTokens
      }
      guard round < Self.mostRounds else { break }
      // Who was made to call a tool has done so, and goes on as it likes; the last time without tools.
      request.tools.choice = round + 1 == Self.mostRounds ? .none : .automatic
      answers = try await base.answer(request)
    }
    var end = AnswerDelta(choice: 0)
    end.finishReason = reason
    send(.delta(end))
    send(.usage(usage))
  }

  /// What a program prints; what is wrong with the call where it cannot run.
  private func execute(_ call: ToolTurn.Call, _ request: ChatRequest) async throws -> String {
    guard let input = call.input else { return "error: expected a JSON object with a text, 'input'" }
    var completion = CompletionRequest(model: call.program, prompts: [.text(input)])
    completion.origin = request.origin
    var answers = CollectedAnswers(count: 1)
    do throws(APIError) {
      let parts = try await models.model(call.program).complete(completion)
      do {
        for try await part in parts { answers.append(part) }
      } catch {
        throw APIError(error)
      }
    } catch {
      // Nobody could go on behind this one.
      guard error.code != APIError.stopping.code else { throw error }
      return "error: \(error.message)"
    }
    try Task.checkCancellation()
    let choice = answers.choices[0]
    if let trap = choice.further["trap"]?.stringValue { return choice.content + "\ntrap: \(trap)" }
    return choice.finishReason == .length ? choice.content + "\nerror: the limit of tokens was reached" : choice.content
  }

  package func complete(_ request: CompletionRequest) async throws(APIError) -> AnswerStream {
    try await base.complete(request)
  }

  package func tokenize(_ request: TokenizeRequest) async throws(APIError) -> [Int] {
    try await base.tokenize(request)
  }

  package func detokenize(_ tokens: [Int]) async throws(APIError) -> String {
    try await base.detokenize(tokens)
  }

  package func state() async -> ModelState { await base.state() }

  /// An answer that was begun goes on, its further rounds and programs too.
  package func close(within limit: Duration) async {
    await base.close(within: limit)
    await running.waitForEnd()
  }
}
