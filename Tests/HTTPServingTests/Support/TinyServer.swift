import Batching
import ChatTemplate
import Foundation
import HTTPServing
import LanguageModel
import Logging
import MILI
import OpenAIProtocol
import ServedLanguageModel
import ServedModels
import ServiceLifecycle
import Serving
import TestSupport

/// A server of a small random model, on a port of its own.
struct TinyServer: Sendable {
  let port: Int
  let engine: ServingEngine
  private let group: ServiceGroup

  /// How a server is made.
  struct Setting: Sendable {
    var configuration = ServerConfiguration()
    var serving = ServingConfiguration()
    /// A chat template in place of the tokenizer's.
    var template: String?
    /// The positions that the model is made for.
    var context = 4096
    var preparations = PreparationQueue()

    init() {
      configuration.port = 0
      // A busy machine ends nothing.
      configuration.headTimeout = patience
      configuration.bodyTimeout = patience
      configuration.idleTimeout = patience
      configuration.shutdownLimit = patience
      configuration.drainLimit = patience
      serving.cacheBytes = 8 << 20
    }
  }

  /// Serves while the body runs, and then stops.
  static func run<Value: Sendable>(
    _ setting: Setting = Setting(), _ body: @escaping @Sendable (TinyServer) async throws -> Value
  ) async throws -> Value {
    let service = try makeService(setting)
    var logger = Logger(label: "test") { StreamLogHandler.standardError(label: $0) }
    logger.logLevel = .error
    let server = HTTPServer(
      ServedModels([service]), setting.configuration, logger: logger, executor: GenerationExecutor.shared)
    let (ports, continuation) = AsyncStream.makeStream(of: Int.self)
    let group = server.group { port in continuation.yield(port) }
    return try await withThrowingTaskGroup(of: Void.self) { tasks in
      tasks.addTask {
        defer { continuation.finish() }
        try await group.run()
      }
      var port: Int?
      for await found in ports {
        port = found
        break
      }
      guard let port else {
        try await tasks.waitForAll()
        throw CancellationError()
      }
      let tiny = TinyServer(port: port, engine: service.engine, group: group)
      do {
        // Tests that wait on the threads that all tasks share go to the end of the line at each step.
        let value = try await withTaskExecutorPreference(GenerationExecutor.shared) { try await body(tiny) }
        await group.triggerGracefulShutdown()
        try await tasks.waitForAll()
        return value
      } catch {
        await group.triggerGracefulShutdown()
        throw error
      }
    }
  }

  /// A completion that takes all steps that a test lets the engine make.
  static func longBody(isStreamed: Bool) -> String {
    #"{"model":"tiny","prompt":"x","max_tokens":300,"logit_bias":{"120":100},"temperature":0,"stream":\#(isStreamed)}"#
  }

  /// Tells the server to stop.
  func stop() async {
    await group.triggerGracefulShutdown()
  }

  /// Pages that requests hold once none is left; a client's end is noticed between steps.
  func pagesInUse() async throws -> Int {
    try await eventually("the requests end") { await engine.requests.isEmpty }
    return await engine.state.protectedPages
  }

  private static func makeService(_ setting: Setting) throws -> LanguageModelService {
    let folder = FileManager.default.temporaryDirectory.appending(path: "http-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var shape = Qwen3Configuration.tiny()
    shape.maximumPositions = setting.context
    try RandomCheckpoint.write(shape, to: folder.path)
    try ByteTokenizer.write(to: folder)
    if let template = setting.template {
      try Data(template.utf8).write(to: folder.appending(path: "chat_template.jinja"))
    }
    let context = try loadModel(directory: folder, threads: 2)
    let engine = try ServingEngine(model: context.model, setting.serving)
    let card = ModelCard(id: "tiny", created: 1_700_000_000, owner: "tests", longestSequence: setting.context)
    return LanguageModelService(
      card, context, engine, pageSize: setting.serving.pageSize, preparations: setting.preparations)
  }
}

extension TinyServer {
  /// What the server answers to a request.
  func send(
    _ method: String, _ path: String, _ body: String? = nil, headers: [String] = []
  ) async throws -> Reply {
    let reply = try await exchange(Self.request(method, path, body, headers: headers))
    guard let reply else { throw POSIXError(.EBADMSG) }
    return reply
  }

  /// The JSON that the server answers to a request.
  func json(_ path: String, _ body: String? = nil, status: Int = 200) async throws -> JSONValue {
    let reply = try await send(body == nil ? "GET" : "POST", path, body)
    guard reply.status == status else { throw UnexpectedReply(description: "\(reply.status): \(reply.text)") }
    return try JSONValue(parsing: reply.body)
  }

  /// The objects of a stream of events, and whether it ends as it should.
  func events(_ path: String, _ body: String) async throws -> (objects: [JSONValue], isDone: Bool) {
    try Self.events(of: try await send("POST", path, body))
  }

  /// The objects of a response that is a stream of events, and whether it ends as it should.
  static func events(of reply: Reply) throws -> (objects: [JSONValue], isDone: Bool) {
    var objects: [JSONValue] = []
    let events = reply.text.components(separatedBy: "\n\n").filter { !$0.isEmpty }
    for event in events where event != "data: [DONE]" {
      objects.append(try JSONValue(parsing: String(event.dropFirst("data: ".count))))
    }
    return (objects, events.last == "data: [DONE]")
  }

  /// A client that has asked for a completion and has read nothing.
  func client(_ body: String) async throws -> SocketClient {
    let port = port
    return try await blocking {
      let client = try SocketClient(port: port)
      client.write(Self.request("POST", "/v1/completions", body))
      return client
    }
  }

  /// Sends bytes, whatever they are, and reads until the server closes the connection.
  func exchange(_ bytes: [UInt8]) async throws -> Reply? {
    let port = port
    return try await blocking {
      let client = try SocketClient(port: port)
      client.write(bytes)
      return Reply(client.readToEnd())
    }
  }

  static func request(
    _ method: String, _ path: String, _ body: String? = nil, headers: [String] = []
  ) -> [UInt8] {
    var lines = ["\(method) \(path) HTTP/1.1", "Host: localhost", "Connection: close"] + headers
    if let body { lines += ["Content-Type: application/json", "Content-Length: \(body.utf8.count)"] }
    return Array((lines.joined(separator: "\r\n") + "\r\n\r\n" + (body ?? "")).utf8)
  }
}

/// An answer that a test did not expect.
struct UnexpectedReply: Error, CustomStringConvertible {
  let description: String
}
