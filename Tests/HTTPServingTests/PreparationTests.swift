import ChatTemplate
import Clients
import HTTPServing
import ServedLanguageModel
import TestSupport
import Testing

/// What takes long before an answer begins keeps nobody else waiting.
@Suite struct PreparationTests {
  /// A chat whose answer has a schema.
  private static func chat(_ schema: String) -> String {
    #"{"model":"tiny","messages":[{"role":"user","content":"x"}],"max_tokens":1,"response_format":"#
      + #"{"type":"json_schema","json_schema":{"schema":\#(schema)}}}"#
  }

  private static let small = #"{"model":"tiny","messages":[{"role":"user","content":"x"}],"max_tokens":1}"#
  private static let longPrompt = #"{"prompt":"\#(String(repeating: "long ", count: 10_000))"}"#

  /// A server of which nothing is prepared while the body runs.
  private static func run(_ body: @escaping @Sendable (TinyServer, PreparationQueue) async throws -> Void) async throws
  {
    var setting = TinyServer.Setting()
    let queue = PreparationQueue(threads: 1)
    setting.preparations = queue
    try await TinyServer.run(setting) { server in
      // Grammars that are known need no preparation.
      _ = try await server.json("/v1/chat/completions", chat(#"{"type":"integer"}"#))
      _ = try await server.json("/v1/chat/completions", chat(#"{"type":"odd"}"#), status: 400)
      let gate = Gate()
      defer { gate.open() }
      async let held: Void = queue.run(for: "", cost: .zero) { gate.pass() }
      try await eventually("the thread is held") { gate.waitingCount == 1 }
      try await body(server, queue)
      gate.open()
      try await held
    }
  }

  @Test func othersAreAnsweredMeanwhile() async throws {
    try await Self.run { server, queue in
      let port = server.port
      var clients = try await blocking {
        try [(1, "/v1/chat/completions", Self.chat(#"{"type":"boolean"}"#)), (2, "/tokenize", Self.longPrompt)].map {
          let client = try SocketClient(port: port)
          client.write(TinyServer.request("POST", $0.1, $0.2))
          return client
        }
      }
      try await eventually("both wait") { queue.waitingCount == 2 }
      #expect(try await server.send("GET", "/health").status == 200)
      _ = try await server.json("/v1/chat/completions", Self.small)
      _ = try await server.json("/v1/chat/completions", Self.chat(#"{"type":"integer"}"#))
      let known = try await server.json("/v1/chat/completions", Self.chat(#"{"type":"odd"}"#), status: 400)
      #expect(known["error"]?["code"] == "invalid_json_schema")
      #expect(queue.waitingCount == 2)
      // Closes the connection.
      clients.removeLast()
      try await eventually("what nobody waits for is taken out") { queue.waitingCount == 1 }
    }
  }

  /// Many short prompts of one request are as much work as a long one.
  @Test func manyPromptsWaitTheirTurn() async throws {
    try await Self.run { server, queue in
      let prompts = Array(repeating: #""\#(String(repeating: "x", count: 1000))""#, count: 100).joined(separator: ",")
      let client = try await server.client(#"{"model":"tiny","max_tokens":1,"prompt":[\#(prompts)]}"#)
      try await eventually("they wait") { queue.waitingCount == 1 }
      withExtendedLifetime(client) {}
    }
  }
}
