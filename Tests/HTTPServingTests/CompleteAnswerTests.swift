import ChatTemplate
import Serving
import TestSupport
import Testing

/// Answers of one request that end at different moments.
@Suite struct CompleteAnswerTests {
  /// An answer that is complete takes nothing of the service any more, though others of its request go on.
  @Test func whatIsCompleteIsComputedNoFurther() async throws {
    try await TinyServer.run { server in
      try await server.paced { gate in
        // The model repeats the last token.
        async let answers = server.json(
          "/v1/completions",
          #"{"model":"tiny","prompt":["xa","xb"],"max_tokens":40,"temperature":0,"stop":"aaa"}"#)
        try await server.requestsCome(2)
        // Tokens of the first answer up to its end, and some more; the second is not through by then.
        gate.admit(20)
        try await eventually("the answers are computed as far as that") { gate.waitingCount == 1 }
        try await eventually("the first is computed no further") { await server.engine.requests.count == 2 }
        gate.open()
        let choices = try await answers["choices"]?.arrayValue ?? []
        #expect(choices.map { $0["text"] } == ["", .string(String(repeating: "b", count: 40))])
        #expect(choices.map { $0["finish_reason"] } == ["stop", "length"])
      }
      #expect(try await server.pagesInUse() == 0)
    }
  }
}
