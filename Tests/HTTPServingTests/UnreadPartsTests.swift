import ChatTemplate
import HTTPServing
import OpenAIProtocol
import Synchronization
import Testing

@Suite struct UnreadPartsTests {
  /// A part of a mebibyte, and a little.
  private static let part = part { $0.further = ["trace": .string(String(repeating: "x", count: 1 << 20))] }

  private static func part(_ fill: (inout AnswerDelta) -> Void) -> AnswerPart {
    var delta = AnswerDelta(choice: 0)
    fill(&delta)
    return .delta(delta)
  }

  /// How many parts fit in.
  private static func room(_ unread: UnreadParts, for part: AnswerPart = part) -> Int {
    var count = 0
    while unread.add(part), count < 1000 { count += 1 }
    return count
  }

  @Test func whoStopsReadingLosesTheAnswer() {
    let start = ContinuousClock.now
    let seconds = Mutex(0)
    let unread = UnreadParts { start + .seconds(seconds.withLock { $0 }) }
    #expect((1...20).allSatisfy { _ in unread.add(Self.part) }, "for some time anybody may be slow")
    seconds.withLock { $0 = 6 }
    #expect(!unread.add(Self.part))
    // Who reads again is no longer idle.
    for _ in 0..<11 { unread.take(Self.part) }
    seconds.withLock { $0 = 11 }
    #expect((1...20).allSatisfy { _ in unread.add(Self.part) })
    seconds.withLock { $0 = 12 }
    #expect(!unread.add(Self.part))
  }

  @Test func whoReadsTooSlowlyDoesToo() {
    let start = ContinuousClock.now
    let unread = UnreadParts { start }
    #expect(Self.room(unread) == 255)
  }

  /// Whatever a part brings takes memory.
  @Test func allOfAPartCounts() {
    let text = String(repeating: "x", count: 1 << 20)
    let candidate = TokenLogProbability.Candidate(bytes: [0x78], logProbability: -1)
    let token = TokenLogProbability(chosen: candidate, best: Array(repeating: candidate, count: 20))
    let parts = [
      Self.part { $0.content = text }, Self.part { $0.reasoning = text },
      Self.part { $0.toolCalls = [ToolCallDelta(index: 0, arguments: text)] },
      Self.part { $0.logProbabilities = Array(repeating: token, count: 1024) },
    ]
    for (number, part) in parts.enumerated() {
      let start = ContinuousClock.now
      #expect((128...256).contains(Self.room(UnreadParts { start }, for: part)), "part \(number)")
    }
  }
}
