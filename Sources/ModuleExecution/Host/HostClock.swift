import Foundation

/// Where a program has the time from.
public enum HostClock: Hashable, Sendable {
  /// Nanoseconds that grow with each question, whichever clock is asked.
  case counting(from: UInt64 = 0, step: UInt64 = 1_000_000)
  /// The computer's clocks.
  case system

  /// The time in nanoseconds: of day for clock 0, since some moment for others.
  mutating func time(of clock: UInt32) -> UInt64 {
    switch self {
    case .counting(let time, let step):
      self = .counting(from: time &+ step, step: step)
      return time
    case .system:
      let seconds = clock == 0 ? Date().timeIntervalSince1970 : ProcessInfo.processInfo.systemUptime
      return UInt64(max(0, seconds) * 1e9)
    }
  }
}
