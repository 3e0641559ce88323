import Batching
import ChatTemplate
import HTTPServing
import Serving
import TestSupport
import Testing

/// What connections are used for besides requests and responses.
@Suite struct ConnectionTests {
  /// What a server sends over a connection until it closes it, and how long that takes.
  private static func exchange(_ text: String, _ server: TinyServer) async throws -> (reply: Reply?, time: Duration) {
    let clock = ContinuousClock()
    let start = clock.now
    let reply = try await server.exchange(Array(text.utf8))
    return (reply, clock.now - start)
  }

  @Test func headsAreAnsweredWithoutBodies() async throws {
    try await TinyServer.run { server in
      for path in ["/", "/health", "/v1/models", "/metrics", "/state", "/v1/models/tiny"] {
        let reply = try await server.send("HEAD", path)
        #expect(reply.status == 200 && reply.body.isEmpty, "\(path)")
        #expect(reply.headers["content-type"] != nil, "\(path)")
      }
      for (path, status) in [("/nope", 404), ("/v1/completions", 405), ("/v1/models/nope", 404)] {
        let reply = try await server.send("HEAD", path)
        #expect(reply.status == status && reply.body.isEmpty, "\(path)")
      }
    }
  }

  @Test func modelsAreNotDeleted() async throws {
    try await TinyServer.run { server in
      let (model, nothing) = (
        try await server.send("DELETE", "/v1/models/tiny"), try await server.send("DELETE", "/v1/nothing")
      )
      #expect(model.status == 405 && nothing.status == 404)
    }
  }

  /// Where the server has no deadline, only the client's ends the connection.
  private static let soon = patience / 2

  @Test func headsThatDoNotComeAreNotWaitedFor() async throws {
    var setting = TinyServer.Setting()
    setting.configuration.headTimeout = .milliseconds(200)
    setting.configuration.idleTimeout = .milliseconds(400)
    try await TinyServer.run(setting) { server in
      let silent = try await Self.exchange("", server)
      #expect(silent.reply == nil && silent.time < Self.soon)
      let first = try await Self.exchange("GET /health HT", server)
      // On a busy machine nothing of it may have come in time.
      #expect(first.reply?.status ?? 408 == 408 && first.time < Self.soon)
      let next = try await Self.exchange("GET /health HTTP/1.1\r\nHost: x\r\n\r\nGET /hea", server)
      #expect(next.reply?.status == 200 && next.time < Self.soon)
    }
  }

  @Test func oldConnectionsEndWithTheirResponse() async throws {
    try await TinyServer.run { server in
      let (reply, time) = try await Self.exchange("GET /health HTTP/1.0\r\n\r\n", server)
      #expect(reply?.status == 200 && time < Self.soon)
    }
  }

  @Test(arguments: ["zz", "-1", "ffffffffffffffffff", "1\r\nab"])
  func aBodyThatIsNoneIsRefusedByAnErrorObject(_ chunk: String) async throws {
    try await TinyServer.run { server in
      let head = "POST /v1/completions HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n"
      let (reply, _) = try await Self.exchange(head + chunk + "\r\n", server)
      #expect(reply?.status == 400 && reply?.text.contains(#""type":"invalid_request_error""#) == true)
    }
  }

  /// What comes behind a whole request and is none.
  @Test(arguments: ["", "GET /health HTTP/1.1\r\nHost: x\r\n\r\n"])
  func whatIsNoHeadIsRefusedBehindTheResponsesBeforeIt(_ other: String) async throws {
    try await TinyServer.run { server in
      let port = server.port
      let bytes = try await blocking {
        let client = try SocketClient(port: port)
        let head = "POST /tokenize HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 15\r\n\r\n"
        client.write(Array((other + head + #"{"prompt":"hi"}"# + "{nonsense}\r\n").utf8))
        return client.readToEnd()
      }
      let text = String(decoding: bytes, as: UTF8.self)
      let statuses = text.matches(of: /HTTP\/1.1 ([0-9]+)/).compactMap { Int($0.1) }
      #expect(statuses == (other.isEmpty ? [] : [200]) + [200, 400])
      #expect(text.contains("expected the head of an HTTP"))
    }
  }

  @Test func whoExpectsToBeToldToGoOnIsTold() async throws {
    try await TinyServer.run { server in
      let body = #"{"prompt":"hi"}"#
      let port = server.port
      let (word, rest) = try await blocking {
        let client = try SocketClient(port: port)
        let head = TinyServer.request("POST", "/tokenize", body, headers: ["Expect: 100-continue"])
        client.write(Array(head.dropLast(body.utf8.count)))
        let word = client.read()
        client.write(Array(body.utf8))
        return (word, client.readToEnd())
      }
      #expect(String(decoding: word, as: UTF8.self) == "HTTP/1.1 100 Continue\r\n\r\n")
      #expect(Reply(rest)?.status == 200)
    }
  }

  /// What has not begun is handed back at once; what has goes on.
  @Test func thoseWhoWaitAreHandedBack() async throws {
    var setting = TinyServer.Setting()
    setting.serving.batch.maxRunning = 2  // what paces the engine, and one more
    try await TinyServer.run(setting) { server in
      let rest = try await server.paced { gate in
        let running = try await server.client(TinyServer.longBody(isStreamed: true))
        try await server.requestsCome(1)
        gate.admit(10)
        _ = try await blocking { running.read() }
        let waiting = try await server.client(TinyServer.longBody(isStreamed: false))
        try await server.requestsCome(2)
        await server.stop()
        let reply = Reply(try await blocking { waiting.readToEnd() })
        #expect(reply?.status == 503 && reply?.headers["retry-after"] == "5")
        gate.open()
        return try await blocking { running.readToEnd() }
      }
      #expect(String(decoding: rest, as: UTF8.self).contains("data: [DONE]"))
    }
  }

  /// Who goes away is no failure of the server's.
  @Test func clientsThatGoAwayAreNoErrors() async throws {
    try await TinyServer.run { server in
      try await server.paced { _ in
        var client: SocketClient? = try await server.client(TinyServer.longBody(isStreamed: false))
        try await server.requestsCome(1)
        #expect(client != nil)
        client = nil
        let line = #"mili_http_responses_total{path="/v1/completions",status="499"} 1"#
        try await eventually("its end is counted") { try await server.send("GET", "/metrics").text.contains(line) }
        let metrics = try await server.send("GET", "/metrics").text
        #expect(!metrics.contains(#"status="500""#))
      }
      #expect(try await server.pagesInUse() == 0)
    }
  }

  /// A stream has begun with 200 when its client goes; that it did not come to its end is counted all the same.
  @Test func streamsWithoutAReaderAreCountedAsSuch() async throws {
    try await TinyServer.run { server in
      try await server.paced { gate in
        var client: SocketClient? = try await server.client(TinyServer.longBody(isStreamed: true))
        try await server.requestsCome(1)
        gate.admit(10)
        if let client { #expect(try await !blocking { client.read() }.isEmpty) }
        client = nil
        // Nothing more is written before its end is known: what is written in time counts as answered.
        try await server.requestsCome(0)
        gate.open()
        let path = #"mili_http_responses_total{path="/v1/completions",status="#
        try await eventually("its end is counted") {
          try await server.send("GET", "/metrics").text.contains(path + #""499"} 1"#)
        }
        #expect(try await !server.send("GET", "/metrics").text.contains(path + #""200""#))
      }
    }
  }

  @Test func whatIsNoHeadIsRefusedByAnErrorObject() async throws {
    try await TinyServer.run { server in
      for garbage in ["\u{16}\u{3}\u{1}garbage\r\n\r\n", "GET /health SPDY/3\r\n\r\n"] {
        let reply = try #require(try await server.exchange(Array(garbage.utf8)))
        #expect(reply.status == 400 && reply.headers["connection"] == "close")
        #expect(try JSONValue(parsing: reply.body)["error"]?["type"] == "invalid_request_error")
      }
    }
  }

  @Test func methodsThatAreAllowedAreNamed() async throws {
    try await TinyServer.run { server in
      for (method, path, allowed) in [
        ("GET", "/v1/completions", "POST"), ("POST", "/health", "GET, HEAD"), ("PUT", "/v1/models/tiny", "GET, HEAD"),
      ] {
        let reply = try await server.send(method, path)
        #expect(reply.status == 405 && reply.headers["allow"] == allowed, "\(method) \(path)")
      }
    }
  }

  /// A body that has not come when the server stops is not waited for.
  @Test func halfSentBodiesDoNotKeepTheServer() async throws {
    try await TinyServer.run { server in
      let port = server.port
      let client = try await blocking {
        let client = try SocketClient(port: port)
        let head = "POST /v1/completions HTTP/1.1\r\nHost: x\r\nExpect: 100-continue\r\nContent-Length: 100\r\n\r\n{"
        client.write(Array(head.utf8))
        _ = client.read()
        return client
      }
      await server.stop()
      let reply = Reply(try await blocking { client.readToEnd() })
      #expect(reply?.status == 503 && reply?.headers["retry-after"] == "5")
    }
  }
}
