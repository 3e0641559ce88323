import Clients
import OpenAIProtocol
import Testing

@Suite struct CompletionRequestTests {
  private func request(_ members: String) throws -> CompletionRequest {
    try CompletionRequest(RequestFields(body: Array(#"{"model":"m",\#(members)}"#.utf8)))
  }

  @Test func promptsAreTextsOrTokens() throws {
    for (json, prompts) in [
      (#""a""#, [CompletionRequest.Prompt.text("a")]), (#"["a",""]"#, [.text("a"), .text("")]),
      ("[1,2]", [.tokens([1, 2])]), ("[[1],[2,3]]", [.tokens([1]), .tokens([2, 3])]),
      (#"["a",[2]]"#, [.text("a"), .tokens([2])]),
    ] {
      #expect(try request(#""prompt":\#(json)"#).prompts == prompts)
    }
    for json in ["[]", "{}", "1", "null", "[[]]", "[1,-1]", "[1,\"a\"]", "[null]", "[[1.5]]", "[true]"] {
      let error = try #require(throws: APIError.self) { try request(#""prompt":\#(json)"#) }
      #expect(error.parameter?.hasPrefix("prompt") == true && error.status == 400, "\(json): \(error)")
    }
    let many = Array(repeating: #""a""#, count: 257).joined(separator: ",")
    #expect(throws: APIError.self) { try request(#""prompt":[\#(many)]"#) }
    for (json, reason) in [("[1.5]", "a token number, found 1.5"), (#"["a",2]"#, "a text or token numbers, found 2")] {
      let error = try #require(throws: APIError.self) { try request(#""prompt":\#(json)"#) }
      #expect(error.message.hasSuffix(reason), "\(json): \(error)")
    }
  }

  @Test func whatThereIsNotIsRefused() throws {
    for (members, parameter) in [
      (#""suffix":"x""#, "suffix"), (#""best_of":3"#, "best_of"), (#""echo":true,"logprobs":1"#, "echo"),
      (#""logprobs":21"#, "logprobs"), (#""logprobs":true"#, "logprobs"),
    ] {
      let error = try #require(throws: APIError.self) { try request(#""prompt":"a",\#(members)"#) }
      #expect(error.parameter == parameter)
    }
    #expect(try request(#""prompt":"a","suffix":"","best_of":2,"n":2"#).generation.count == 2)
  }

  @Test func asManyTokensAsTheModelLikesUnlessAskedOtherwise() throws {
    #expect(try request(#""prompt":"a""#).generation.maxTokens == nil)
    #expect(try request(#""prompt":"a","max_tokens":3"#).generation.maxTokens == 3)
  }

  @Test func theOriginIsRead() throws {
    let origin = try request(#""prompt":"a","user":"u","program_id":"p","priority":-7,"cache_salt":"s""#).origin
    #expect(
      origin.client == Client(user: "u") && origin.program == "p" && origin.priority == -7 && origin.cacheSalt == "s")
    let long = String(repeating: "é", count: 129)
    #expect(throws: APIError.self) { try request(#""prompt":"a","user":"\#(long)""#) }
  }
}
