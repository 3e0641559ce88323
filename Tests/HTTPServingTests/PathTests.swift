import Batching
import ChatTemplate
import Clients
import HTTPServing
import OpenAIProtocol
import Serving
import Testing

@Suite struct PathTests {
  @Test func modelsAreListed() async throws {
    try await TinyServer.run { server in
      let list = try await server.json("/v1/models")
      #expect(list["data"]?.arrayValue?.map { $0["id"] } == ["tiny"])
      #expect(try await server.json("/v1/models/tiny")["max_model_len"] == 4096)
      let missing = try await server.json("/v1/models/other", status: 404)
      #expect(missing["error"]?["code"] == "model_not_found")
      #expect(try await server.json("/health")["status"] == "ok")
    }
  }

  @Test func textBecomesTokensAndBack() async throws {
    try await TinyServer.run { server in
      let tokens = try await server.json("/tokenize", #"{"prompt":"hi<think>"}"#)
      #expect(tokens["tokens"] == [104, 105, 259] && tokens["count"] == 3)
      let text = try await server.json("/detokenize", #"{"tokens":[104,105,259]}"#)
      #expect(text["prompt"] == "hi<think>")
      let chat = try await server.json("/tokenize", #"{"messages":[{"role":"user","content":"hello"}]}"#)
      #expect(chat["count"] == 24)
      let wrong = try await server.json("/detokenize", #"{"tokens":[104,99999]}"#, status: 400)
      #expect(wrong["error"]?["param"] == "tokens[1]")
    }
  }

  @Test func stateSaysWhatIsCached() async throws {
    try await TinyServer.run { server in
      _ = try await server.json(
        "/v1/completions", #"{"model":"tiny","prompt":"\#(String(repeating: "a", count: 40))","max_tokens":2}"#)
      let state = try await server.json("/state")
      let model = try #require(state["models"]?.arrayValue?.first)
      let pages = try #require(model["pages"]?.objectValue)
      #expect(pages["evictable"] == 2 && pages["protected"] == 0)
      let prefix = model["prefixes"]?.arrayValue?.first?["children"]?.arrayValue?.first
      #expect(prefix?["text"] == .string(String(repeating: "a", count: 24)) && prefix?["pages"] == 2)
      #expect(model["totals"]?["generated_tokens"] == 2 && model["requests"] == [])
    }
  }

  /// Where keys are wanted the state needs one, and shows nothing that was asked with another, nor by whom.
  @Test func stateKeepsWhatOthersAsked() async throws {
    var setting = TinyServer.Setting()
    setting.configuration.keys = APIKeys(["first", "second"])
    try await TinyServer.run(setting) { server in
      let secret = String(repeating: "secret", count: 8)
      let body = String(TinyServer.longBody(isStreamed: true).dropLast()) + #","user":"somebody","program_id":"agent"}"#
      let texts = try await server.paced { _ in
        let client = try SocketClient(port: server.port)
        client.write(
          TinyServer.request(
            "POST", "/v1/completions", body.replacing(#""x""#, with: #""\#(secret)""#),
            headers: ["Authorization: Bearer first"]))
        try await server.requestsCome(1)
        defer { client.finish() }
        #expect(try await server.send("GET", "/state").status == 401)
        #expect(try await server.send("HEAD", "/state").status == 401)
        return try await [
          server.send("GET", "/state", headers: ["Authorization: Bearer first"]).text,
          server.send("GET", "/state", headers: ["Authorization: Bearer second"]).text,
        ]
      }
      #expect(texts[0].contains("key 1: somebody") && texts[0].contains("agent"))
      for word in ["somebody", "agent", "secret"] { #expect(!texts[1].contains(word)) }
      let other = try JSONValue(parsing: texts[1])["models"]?.arrayValue?.first
      let request = try #require(other?["requests"]?.arrayValue?.first { $0["client"] == "key 1" })
      #expect(request["prompt_tokens"] == 48 && request["program"] == .null)
      // When the prompt is cached its text is nobody's, and its size everybody's.
      let answer = try await server.send(
        "POST", "/v1/completions", #"{"model":"tiny","prompt":"\#(secret)","max_tokens":2}"#,
        headers: ["Authorization: Bearer first"])
      #expect(answer.status == 200)
      for key in ["first", "second"] {
        let reply = try await server.send("GET", "/state", headers: ["Authorization: Bearer \(key)"])
        let model = try JSONValue(parsing: reply.body)["models"]?.arrayValue?.first
        let prefixes = model?["prefixes"]?.arrayValue?.first?["children"]?.arrayValue ?? []
        // The prompt's last page is apart where the prompt was there before.
        #expect(prefixes.contains { $0["tokens"]?.wholeNumber ?? 0 >= 32 && $0["pages"]?.wholeNumber ?? 0 >= 2 })
        #expect(prefixes.allSatisfy { $0["text"] == .null } && !reply.text.contains("secret"))
      }
    }
  }

  @Test func whatIsNotThereIsSaid() async throws {
    try await TinyServer.run { server in
      let path = try await server.json("/v2/models", status: 404)
      #expect(path["error"]?["code"] == "unknown_url")
      let method = try await server.json("/v1/completions", status: 405)
      #expect(method["error"]?["message"] == "/v1/completions: expected POST")
      let model = try await server.json("/v1/completions", #"{"model":"big","prompt":"x"}"#, status: 404)
      #expect(model["error"]?["message"] == "the model 'big' does not exist; expected 'tiny'")
    }
  }

  /// What a request says of its user does not make it another key's.
  @Test func usersAreThoseOfTheirKeys() async throws {
    var setting = TinyServer.Setting()
    setting.configuration.keys = APIKeys(["first", "second"])
    try await TinyServer.run(setting) { server in
      let found = try await server.paced { _ in
        let clients = try [("first", "key 2"), ("second", "")].map { key, user in
          let client = try SocketClient(port: server.port)
          let body = TinyServer.longBody(isStreamed: true).dropLast() + #","user":"\#(user)"}"#
          client.write(
            TinyServer.request("POST", "/v1/completions", String(body), headers: ["Authorization: Bearer \(key)"]))
          return client
        }
        try await server.requestsCome(2)
        let found = await server.engine.requests.map(\.client)
        for client in clients { client.finish() }
        return found
      }
      #expect(Set(found) == [Client(), Client(account: "key 1", user: "key 2"), Client(account: "key 2")])
    }
  }

  @Test func keysAreAskedFor() async throws {
    var setting = TinyServer.Setting()
    setting.configuration.keys = APIKeys(["first", "second"])
    try await TinyServer.run(setting) { server in
      for header in [nil, "Bearer ", "Bearer firs", "Bearer first ", "Bearer firstfirst", "Basic first", "first"] {
        let reply = try await server.send("GET", "/v1/models", headers: header.map { ["Authorization: \($0)x"] } ?? [])
        #expect(reply.status == 401 && reply.headers["www-authenticate"] == "Bearer", "\(header ?? "none")")
        #expect(try JSONValue(parsing: reply.body)["error"]?["code"] == "invalid_api_key")
      }
      for key in ["first", "second"] {
        let reply = try await server.send("GET", "/v1/models", headers: ["Authorization: Bearer \(key)"])
        #expect(reply.status == 200)
      }
      #expect(try await server.send("GET", "/health").status == 200)
    }
  }
}
