import Foundation
import OpenAIProtocol
import ServedLanguageModel
import Serving
import Testing
import Tokenizer

/// A token for each byte, so that characters and marks are cut at every place.
@Suite struct AnswerBuilderTests {
  private let tokenizer: Tokenizer

  init() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "answers-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try ByteTokenizer.write(to: folder)
    tokenizer = try Tokenizer.from(modelFolder: folder)
  }

  /// What becomes of bytes as tokens, each as probable as its number.
  private func build(
    _ bytes: [UInt8], _ form: AnswerBuilder.Form = .init(), reason: FinishReason = .length, probabilities: Bool = false
  ) -> (deltas: [AnswerDelta], answer: CollectedAnswers.Choice, builder: AnswerBuilder) {
    var builder = AnswerBuilder(choice: 0, form, tokenizer)
    var deltas: [AnswerDelta] = []
    for (number, byte) in bytes.enumerated() where !builder.isComplete {
      var chosen = ChosenToken(token: Int(byte))
      if probabilities {
        chosen.logProbability = -Float(number)
        chosen.candidates = [.init(token: 65, logProbability: -0.5)]
      }
      deltas.append(builder.append(chosen))
    }
    deltas.append(builder.finish(reason))
    var answers = CollectedAnswers(count: 1)
    for delta in deltas { answers.append(.delta(delta)) }
    return (deltas, answers.choices[0], builder)
  }

  private func form(_ stops: [String] = [], parser: AnswerParser? = nil, endsAfterCall: Bool = false)
    -> AnswerBuilder.Form
  {
    var form = AnswerBuilder.Form()
    (form.stops, form.parser, form.endsAfterCall) = (stops, parser, endsAfterCall)
    return form
  }

  @Test func charactersComeWhole() {
    let (deltas, answer, _) = build(Array("aé😀".utf8))
    #expect(deltas.map(\.content) == ["a", "", "é", "", "", "", "😀", ""])
    #expect(answer.content == "aé😀" && answer.finishReason == .length)
    #expect(build([0x61, 0xC3]).answer.content == "a\u{FFFD}", "what is cut off is marked")
  }

  @Test func stopTextsEndAnswersAcrossTokens() {
    let (deltas, answer, builder) = build(Array("one two three".utf8), form(["two", "w"]))
    #expect(answer.content == "one t" && answer.finishReason == .stop)
    #expect(builder.isComplete && deltas.count == 7)
    let missed = build(Array("one tw".utf8), form(["two"]), reason: .stop)
    #expect(missed.answer.content == "one tw" && missed.answer.finishReason == .stop)
    #expect(build(Array("né\n".utf8), form(["é\n"])).answer.content == "n")
  }

  @Test func probabilitiesComeWithTheTextOfTheirTokens() {
    let (deltas, answer, _) = build(Array("aé!".utf8), probabilities: true)
    #expect(deltas.map { $0.logProbabilities.map(\.chosen.logProbability) } == [[0], [], [-1, -2], [-3], []])
    #expect(answer.logProbabilities.map(\.chosen.bytes) == [[0x61], [0xC3], [0xA9], [0x21]])
    #expect(answer.logProbabilities.allSatisfy { $0.best.map(\.text) == ["A"] })
    let stopped = build(Array("abcd".utf8), form(["bc"]), probabilities: true)
    #expect(stopped.answer.logProbabilities.map(\.chosen.text) == ["a"], "none of what a stop text takes away")
    let held = build(Array("ab".utf8), form(["bc"]), probabilities: true)
    #expect(held.answer.logProbabilities.map(\.chosen.text) == ["a", "b"])
  }

  @Test func thoughtsAreCounted() {
    let text = "<think>hm</think>yes"
    let (_, answer, builder) = build(Array(text.utf8), form(parser: AnswerParser()))
    #expect(answer.reasoning == "hm" && answer.content == "yes")
    #expect(builder.reasoningTokens == "hm</think>".count)
  }

  @Test func callsAreAReasonToEnd() {
    let call = #"<tool_call>{"name": "f", "arguments": {"a": 1}}</tool_call>"#
    let parser = AnswerParser(findsCalls: true)
    let two = build(Array((call + call).utf8), form(parser: parser), reason: .stop).answer
    #expect(two.toolCalls.map(\.name) == ["f", "f"] && two.toolCalls.map(\.arguments) == [#"{"a": 1}"#, #"{"a": 1}"#])
    #expect(two.finishReason == .toolCalls && two.content.isEmpty)
    #expect(Set(two.toolCalls.map(\.id)).count == 2)
    let one = build(Array((call + call).utf8), form(parser: parser, endsAfterCall: true)).answer
    #expect(one.toolCalls.count == 1 && one.finishReason == .toolCalls)
    #expect(build(Array(call.dropLast(15).utf8), form(parser: parser)).answer.finishReason == .length)
  }
}
