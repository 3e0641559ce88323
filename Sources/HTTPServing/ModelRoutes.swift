import ChatTemplate
import Clients
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
    let (asked, watch) = (chat, try await watch(context))
    let answers = try await watch.whileConnected { try await model.answer(asked) }
    return try await respond(answers, writer, chat.generation, count: chat.generation.count, of: model, context)
  }

  func complete(_ request: Request, _ context: ConnectionContext) async throws -> Response {
    var completion = try CompletionRequest(try await request.fields(configuration))
    let model = try models.model(completion.model)
    completion.origin.attribute(to: context)
    let writer = TextAnswerWriter(
      head("cmpl-", model), hasLogProbabilities: completion.logProbabilities != nil,
      includesUsage: completion.generation.includesUsage)
    let count = completion.prompts.count * completion.generation.count
    let (asked, watch) = (completion, try await watch(context))
    let answers = try await watch.whileConnected { try await model.complete(asked) }
    return try await respond(answers, writer, completion.generation, count: count, of: model, context)
  }

  func tokenize(_ request: Request, _ context: ConnectionContext) async throws -> Response {
    var tokenize = try TokenizeRequest(try await request.fields(configuration))
    let model = try models.model(tokenize.model)
    tokenize.client.account = context.account ?? ""
    let (asked, watch) = (tokenize, try await watch(context))
    let tokens = try await watch.whileConnected { try await model.tokenize(asked) }
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

  /// What notices that the client goes away.
  private func watch(_ context: ConnectionContext) async throws -> DisconnectionWatch {
    try await context.channel.pipeline.handler(type: DisconnectionWatch.self).get()
  }

  /// The response of so many answers: whole, or as they come.
  private func respond(
    _ begun: AnswerStream, _ writer: some AnswerWriter, _ fields: GenerationFields, count: Int,
    of model: any ServedModel, _ context: ConnectionContext
  ) async throws -> Response {
    let watch = try await watch(context)
    let recorder = AnswerRecorder(metrics, logger, model: model.card.id, arrival: context.arrival)
    let (unread, channel) = (UnreadParts(), context.channel)
    let answers = watch.watching(
      begun, within: configuration.requestTimeout, recorder,
      goesOn: { part in
        let goesOn = !fields.isStreamed || unread.add(part)
        // What waits to be written goes with the connection.
        if !goesOn { channel.close(promise: nil) }
        return goesOn
      }, sleep: configuration.sleep)
    guard fields.isStreamed else {
      var collected = CollectedAnswers(count: count)
      for try await part in answers { collected.append(part) }
      return Response(writer.response(collected))
    }
    let chunks = ChunkWriter(writer)
    let beginning = (0..<count).compactMap(writer.beginning)
    let events = EventStream(beginning: beginning) { part in
      unread.take(part)
      return switch part {
      case .delta(let delta): chunks.chunk(delta)
      case .usage(let usage): fields.includesUsage ? writer.chunk(usage) : Optional.none
      }
    }
    return try await events.response(answers)
  }
}

/// A writer of chunks that several tasks could use, of which one at a time does.
private final class ChunkWriter<Writer: AnswerWriter>: Sendable {
  private let writer: Mutex<Writer>

  init(_ writer: Writer) {
    self.writer = Mutex(writer)
  }

  func chunk(_ delta: AnswerDelta) -> JSONValue {
    writer.withLock { $0.chunk(delta) }
  }
}

extension RequestOrigin {
  /// Says whose key was brought: what a request says of itself does not change it.
  fileprivate mutating func attribute(to context: ConnectionContext) {
    if let account = context.account { client.account = account }
  }
}
