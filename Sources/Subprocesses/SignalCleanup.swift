import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Lets the signals that end this process end what it has started, too, and remove its folders for a while: see ``Leftovers``.
package enum SignalCleanup {
  /// A pipe through which the signals' handler, which may do next to nothing, wakes a thread.
  private static let channel: (end: Int32, beginning: Int32)? = {
    var descriptors: [Int32] = [-1, -1]
    guard pipe(&descriptors) == 0 else { return nil }
    for descriptor in descriptors { _ = fcntl(descriptor, F_SETFD, FD_CLOEXEC) }
    return (descriptors[0], descriptors[1])
  }()

  /// Takes over SIGHUP, SIGINT and SIGTERM where they would end the process; for a command to call at its beginning, not for a library.
  ///
  /// A signal that is ignored stays so, such as Ctrl-C where a shell has started the process in the background. Whoever takes one over
  /// later has it.
  package static func install() {
    guard let channel else { return }
    Thread.detachNewThread { awaitSignals(from: channel.end) }
    for number in [SIGHUP, SIGINT, SIGTERM] {
      let previous = signal(number) { SignalCleanup.pass(on: $0) }
      if unsafeBitCast(previous, to: Int.self) != unsafeBitCast(SIG_DFL, to: Int.self) { signal(number, previous) }
    }
  }

  /// The handler: it can interrupt anything, so that it must not wait for anything.
  private static func pass(on number: Int32) {
    guard let channel else { return }
    let before = errno
    var byte = UInt8(truncatingIfNeeded: number)
    _ = write(channel.beginning, &byte, 1)
    errno = before
  }

  private static func awaitSignals(from descriptor: Int32) {
    var byte: UInt8 = 0
    var count: Int
    repeat { count = read(descriptor, &byte, 1) } while count < 0 && errno == EINTR
    guard count == 1 else { return }
    let number = Int32(byte)
    Leftovers.ofProcess.clear {
      // As if nobody had taken it over.
      signal(number, SIG_DFL)
      kill(getpid(), number)
      while true { pause() }
    }
  }
}
