import Synchronization
import Testing
import Throughput

@Suite struct TokenRateTests {
  private final class Clock: Sendable {
    private let time = Mutex(Duration.zero)

    var now: Duration { time.withLock { $0 } }

    func set(_ seconds: Double) {
      time.withLock { $0 = .seconds(seconds) }
    }
  }

  @Test func theLastWholeSecondsCount() {
    let clock = Clock()
    let rate = TokenRate { clock.now }
    #expect(rate.tokensPerSecond == 0)
    for _ in 0..<10 { rate.count() }
    #expect(rate.tokensPerSecond == 0, "this second is not over")
    clock.set(1.5)
    #expect(rate.tokensPerSecond == 10)
    rate.count(20)
    clock.set(2)
    #expect(rate.tokensPerSecond == 15)
    clock.set(5.9)
    #expect(rate.tokensPerSecond == 6, "thirty in five seconds")
    clock.set(6)
    #expect(rate.tokensPerSecond == 4, "the first second is forgotten")
    clock.set(1000)
    #expect(rate.tokensPerSecond == 0)
    rate.count()
    clock.set(1001)
    #expect(rate.tokensPerSecond == 0.2)
  }
}
