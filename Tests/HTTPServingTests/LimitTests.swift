import Batching
import ChatTemplate
import Foundation
import HTTPServing
import Serving
import Synchronization
import TestSupport
import Testing

@Suite struct LimitTests {
  @Test func bodiesThatAreTooLargeAreRefused() async throws {
    var setting = TinyServer.Setting()
    setting.configuration.largestBody = 2000
    try await TinyServer.run(setting) { server in
      let prompt = String(repeating: "x", count: 3000)
      let announced = try await server.send("POST", "/v1/completions", #"{"model":"tiny","prompt":"\#(prompt)"}"#)
      let head = "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nTransfer-Encoding: chunked\r\n\r\nBB8\r\n"
      let chunked = try #require(try await server.exchange(Array((head + prompt + "\r\n0\r\n\r\n").utf8)))
      for reply in [announced, chunked] {
        #expect(reply.status == 413)
        let error = try JSONValue(parsing: reply.body)["error"]
        #expect(error?["message"] == "expected a body of at most 2000 bytes")
      }
      #expect(try await server.send("GET", "/health").status == 200)
    }
  }

  @Test func bodiesThatDoNotComeAreNotWaitedFor() async throws {
    var setting = TinyServer.Setting()
    setting.configuration.bodyTimeout = .milliseconds(200)
    try await TinyServer.run(setting) { server in
      let request = "POST /v1/completions HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{\"model\""
      let reply = try #require(try await server.exchange(Array(request.utf8)))
      #expect(reply.status == 408)
    }
  }

  @Test func tooManyWhoWaitAreTurnedAway() async throws {
    var setting = TinyServer.Setting()
    setting.serving.batch.maxRunning = 1
    setting.serving.batch.maxWaiting = 1
    try await TinyServer.run(setting) { server in
      // The test's own request is the one that runs.
      let reply = try await server.paced { _ in
        try await server.send("POST", "/v1/completions", #"{"model":"tiny","prompt":"x","max_tokens":3,"n":4}"#)
      }
      #expect(reply.status == 429 && reply.headers["retry-after"] == "1")
      #expect(try JSONValue(parsing: reply.body)["error"]?["type"] == "rate_limit_error")
      #expect(try await server.pagesInUse() == 0, "those that were taken end with the others")
      let one = #"{"model":"tiny","prompt":"x","max_tokens":3}"#
      #expect(try await server.send("POST", "/v1/completions", one).status == 200)
    }
  }

  @Test func requestsThatTakeTooLongEnd() async throws {
    let isOver = Mutex(false)
    let limit = Duration.seconds(2)
    var setting = TinyServer.Setting()
    setting.configuration.requestTimeout = limit
    setting.configuration.sleep = { time in
      guard time == limit else { return try await Task.sleep(for: time) }
      try await eventually("the time is over") { isOver.withLock { $0 } }
    }
    try await TinyServer.run(setting) { server in
      try await server.paced { gate in
        async let whole = server.json("/v1/completions", TinyServer.longBody(isStreamed: false), status: 503)
        try await server.requestsCome(1)
        isOver.withLock { $0 = true }
        #expect(try await whole["error"]?["code"] == "request_timeout")
        try await server.requestsCome(0)
        isOver.withLock { $0 = false }
        let client = try await server.client(TinyServer.longBody(isStreamed: true))
        try await server.requestsCome(1)
        gate.admit(10)
        let beginning = try await blocking { client.read() }
        isOver.withLock { $0 = true }
        let reply = try #require(Reply(beginning + (try await blocking { client.readToEnd() })))
        let (events, isDone) = try TinyServer.events(of: reply)
        #expect(events.last?["error"]?["code"] == "request_timeout" && !isDone)
      }
      #expect(try await server.pagesInUse() == 0)
    }
  }

  @Test func connectionsWaitForTheirTurn() async throws {
    var setting = TinyServer.Setting()
    setting.configuration.mostConnections = 1
    try await TinyServer.run(setting) { server in
      let port = server.port
      let first = try await blocking {
        let client = try SocketClient(port: port)
        client.write(Array("GET /health HTTP/1.1\r\nHost: localhost\r\n\r\n".utf8))
        return (client, client.read())
      }
      #expect(Reply(first.1)?.status == 200, "and the connection stays")
      async let second = server.send("GET", "/health")
      try await Task.sleep(for: .milliseconds(100))
      first.0.finish()
      #expect(try await second.status == 200)
    }
  }

  @Test func promptsThatAreTooLongAreNamed() async throws {
    var setting = TinyServer.Setting()
    setting.context = 64
    try await TinyServer.run(setting) { server in
      let prompt = String(repeating: "x", count: 100)
      let error = try await server.json("/v1/completions", #"{"model":"tiny","prompt":"\#(prompt)"}"#, status: 400)
      #expect(error["error"]?["code"] == "context_length_exceeded" && error["error"]?["param"] == "prompt")
      let empty = try await server.json("/v1/completions", #"{"model":"tiny","prompt":""}"#, status: 400)
      #expect(empty["error"]?["param"] == "prompt")
      let full = try await server.json(
        "/v1/completions", #"{"model":"tiny","prompt":"\#(prompt.prefix(60))","max_tokens":50,"ignore_eos":true}"#)
      #expect(full["choices"]?.arrayValue?.first?["finish_reason"] == "length")
      #expect(full["usage"]?["completion_tokens"] == 5, "the last one need not be computed")
    }
  }

  @Test func requestsGoOnWhenTheServerStops() async throws {
    try await TinyServer.run { server in
      let reply = try await server.paced { gate in
        let client = try await server.client(TinyServer.longBody(isStreamed: true))
        try await server.requestsCome(1)
        gate.admit(10)
        let beginning = try await blocking { client.read() }
        await server.stop()
        try await server.engineCloses()
        gate.open()
        return Reply(beginning + (try await blocking { client.readToEnd() }))
      }
      let text = try #require(reply).text
      #expect(text.hasSuffix("data: [DONE]\n\n") && text.contains(#""finish_reason":"length""#))
    }
  }

  /// An answer that begins with its prompt has not begun before anything is computed.
  @Test func whatHasNotBegunEndsWithAStatus() async throws {
    var setting = TinyServer.Setting()
    setting.serving.batch.maxRunning = 1
    try await TinyServer.run(setting) { server in
      let reply = try await server.paced { gate in
        let client = try await server.client(
          #"{"model":"tiny","prompt":"x","max_tokens":3,"echo":true,"stream":true}"#)
        try await server.requestsCome(1)
        await server.stop()
        try await server.engineCloses()
        gate.open()
        return try await blocking { Reply(client.readToEnd()) }
      }
      #expect(reply?.status == 503)
    }
  }

  @Test func whatTakesTooLongEndsWithAnError() async throws {
    var setting = TinyServer.Setting()
    setting.configuration.shutdownLimit = .zero
    try await TinyServer.run(setting) { server in
      let replies = try await server.paced { gate in
        let clients = [
          try await server.client(TinyServer.longBody(isStreamed: true)),
          try await server.client(TinyServer.longBody(isStreamed: false)),
        ]
        try await server.requestsCome(2)
        gate.admit(10)
        let beginning = try await blocking { clients[0].read() }
        await server.stop()
        try await server.engineCloses()
        gate.open()
        return try await blocking { [Reply(beginning + clients[0].readToEnd()), Reply(clients[1].readToEnd())] }
      }
      let streamed = try #require(replies[0])
      let last = streamed.text.components(separatedBy: "\n\n").last { !$0.isEmpty } ?? ""
      #expect(streamed.status == 200 && last.contains(#""code":"server_stopping""#))
      #expect(replies[1]?.status == 503)
      #expect(await server.engine.state.protectedPages == 0)
    }
  }
}
