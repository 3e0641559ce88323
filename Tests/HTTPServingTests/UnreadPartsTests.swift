import ChatTemplate
import HTTPServing
import OpenAIProtocol
import Synchronization
import Testing

@Suite struct UnreadPartsTests {
  /// A part of a mebibyte, and a little.
  private static let part: AnswerPart = {
    var delta = AnswerDelta(choice: 0)
    delta.further = ["trace": .string(String(repeating: "x", count: 1 << 20))]
    return .delta(delta)
  }()

  /// How many parts fit in.
  private static func room(_ unread: UnreadParts) -> Int {
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
}
