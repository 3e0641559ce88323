import ChatTemplate
import Foundation
import Hummingbird
import Logging
import NIOCore
import OpenAIProtocol
import ServedModels
import Synchronization

/// What the paths of models answer.
struct ModelRoutes: Sendable {
  let models: ServedModels
  let configuration: ServerConfiguration
  let metrics: ServerMetrics
  let logger: Logger

  func list() -> Response {
    Response(["object": "list", "data": .array(models.all.map(\.card.json))])
  }

  func describe(_ context: ConnectionContext) throws -> Response {
    let name = context.parameters.getCatchAll().joined(separator: "/")
    return Response(try models.model(name.removingPercentEncoding ?? name).card.json)
  }

  func chat(_ request: Request, _ context: ConnectionContext) async throws -> Response {
    var chat = try ChatRequest(try await request.fields(configuration))
    let model = try models.model(chat.model)
    chat.origin.attribute(to: context)
    let writer = ChatAnswerWriter(
      head("chatcmpl-", model), hasLogProbabilities: chat.logProbabilities != nil,
      includesUsage: chat.generation.includesUsage)
    let answers = try await watched(try await model.answer(chat), of: model, context)
    guard chat.generation.isStreamed else {
      return Response(writer.response(try await collect(answers, count: chat.generation.count)))
    }
    let includesUsage = chat.generation.includesUsage
    let events = EventStream(beginning: (0..<chat.generation.count).map(writer.beginning)) { part in
      switch part {
      case .delta(let delta): writer.chunk(delta)
      case .usage(let usage): includesUsage ? writer.chunk(usage) : Optional.none
      }
    }
    return try await events.response(answers)
  }

  func complete(_ request: Request, _ context: ConnectionContext) async throws -> Response {
    var completion = try CompletionRequest(try await request.fields(configuration))
    let model = try models.model(completion.model)
    completion.origin.attribute(to: context)
    let writer = TextAnswerWriter(
      head("cmpl-", model), hasLogProbabilities: completion.logProbabilities != nil,
      includesUsage: completion.generation.includesUsage)
    let answers = try await watched(try await model.complete(completion), of: model, context)
    guard completion.generation.isStreamed else {
      let count = completion.prompts.count * completion.generation.count
      return Response(writer.response(try await collect(answers, count: count)))
    }
    let includesUsage = completion.generation.includesUsage
    let state = ChunkWriter(writer)
    let events = EventStream { part in
      switch part {
      case .delta(let delta): state.chunk(delta)
      case .usage(let usage): includesUsage ? writer.chunk(usage) : Optional.none
      }
    }
    return try await events.response(answers)
  }

  func tokenize(_ request: Request) async throws -> Response {
    let tokenize = try TokenizeRequest(try await request.fields(configuration))
    let model = try models.model(tokenize.model)
    let tokens = try await model.tokenize(tokenize)
    var object: JSONObject = ["count": .integer(tokens.count), "tokens": .array(tokens.map(JSONValue.integer))]
    object["max_model_len"] = model.card.longestSequence.map(JSONValue.integer)
    return Response(.object(object))
  }

  func detokenize(_ request: Request) async throws -> Response {
    let detokenize = try DetokenizeRequest(try await request.fields(configuration))
    let text = try await models.model(detokenize.model).detokenize(detokenize.tokens)
    return Response(["prompt": .string(text)])
  }

  private func head(_ prefix: String, _ model: any ServedModel) -> AnswerHead {
    AnswerHead(id: UniqueName(prefix).text, created: Int(Date().timeIntervalSince1970), model: model.card.id)
  }

  /// The same answers, which end when the client goes away.
  private func watched(
    _ answers: AnswerStream, of model: any ServedModel, _ context: ConnectionContext
  ) async throws -> AnswerStream {
    let watch = try await context.channel.pipeline.handler(type: DisconnectionWatch.self).get()
    return watch.watching(answers, AnswerRecorder(metrics, logger, model: model.card.id, arrival: context.arrival))
  }

  private func collect(_ answers: AnswerStream, count: Int) async throws -> CollectedAnswers {
    var collected = CollectedAnswers(count: count)
    for try await part in answers { collected.append(part) }
    return collected
  }
}

/// A writer of chunks that several tasks could use, of which one at a time does.
private final class ChunkWriter: Sendable {
  private let writer: Mutex<TextAnswerWriter>

  init(_ writer: TextAnswerWriter) {
    self.writer = Mutex(writer)
  }

  func chunk(_ delta: AnswerDelta) -> JSONValue {
    writer.withLock { $0.chunk(delta) }
  }
}

extension RequestOrigin {
  /// Has those who bring a key share the service out by keys, unless they say by what.
  fileprivate mutating func attribute(to context: ConnectionContext) {
    if client.isEmpty, let key = context.key { client = "key \(key)" }
  }
}
