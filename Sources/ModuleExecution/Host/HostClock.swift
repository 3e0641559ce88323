import Foundation

/// Where a program has the time from.
public enum HostClock: Hashable, Sendable {
  /// Nanoseconds that grow with each question, whichever clock is asked.
  case counting(from: UInt64 = 0, step: UInt64 = 1_000_000)
  /// The computer's clocks.
  case system

  /// The time in nanoseconds: of day for clock 0, since some moment for clock 1, spent by this process for clock 2 and by this thread
  /// for clock 3.
  package mutating func time(of clock: UInt32) -> UInt64 {
    switch self {
    case .counting(let time, let step):
      self = .counting(from: time &+ step, step: step)
      return time
    case .system:
      let source =
        switch clock {
        case 0: CLOCK_REALTIME
        case 2: CLOCK_PROCESS_CPUTIME_ID
        case 3: CLOCK_THREAD_CPUTIME_ID
        default: CLOCK_MONOTONIC
        }
      var time = timespec()
      guard clock_gettime(source, &time) == 0 else { return 0 }
      return UInt64(max(0, time.tv_sec)) * 1_000_000_000 + UInt64(max(0, time.tv_nsec))
    }
  }
}
