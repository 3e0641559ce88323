import Foundation
import ModuleExecution
import TestSupport
import Testing

/// The computer's clocks, as programs see them.
@Suite struct HostClockTests {
  /// Nanoseconds by the clocks 1, 2 and 3 that something takes.
  private static func spent(_ body: () -> Void) -> [Int] {
    var clock = HostClock.system
    let before = (1...3).map { Int(clock.time(of: UInt32($0))) }
    body()
    let after = (1...3).map { Int(clock.time(of: UInt32($0))) }
    return zip(after, before).map { $0 - $1 }
  }

  /// While a thread sleeps, the clock goes on that is never set back, and its own does not.
  @Test func sleepIsNotSpent() {
    let spent = Self.spent { Thread.sleep(forTimeInterval: 0.4) }
    #expect(spent[0] >= 400_000_000)
    #expect(spent[2] < 200_000_000, "\(spent)")
  }

  /// The process spends what its threads spend.
  @Test func workIsSpent() {
    var sum = 1.0
    let spent = Self.spent {
      for number in 1...5_000_000 { sum += (sum * Double(number)).squareRoot() }
    }
    #expect(sum > 1)
    #expect(spent[2] > 1_000_000 && spent[0] >= spent[2] - 1_000_000 && spent[1] >= spent[2] - 1_000_000, "\(spent)")
  }

  @Test func timeOfDay() {
    var clock = HostClock.system
    #expect(abs(Double(clock.time(of: 0)) / 1e9 - Date().timeIntervalSince1970) < 60)
  }
}
