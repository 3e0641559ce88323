import Synchronization

/// Whether the server was told to stop.
final class StopFlag: Sendable {
  private let flag = Mutex(false)

  var isSet: Bool { flag.withLock { $0 } }

  func set() {
    flag.withLock { $0 = true }
  }
}
