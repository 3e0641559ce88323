import Dispatch
import LanguageModel

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Removes the half of a file that was written when a signal ends the process.
struct PartialFileRemoval {
  private let sources: [(signal: Int32, source: any DispatchSourceSignal)]

  /// Calls the body, which writes the file of a path.
  static func guarding<Result>(_ path: String, _ body: () throws -> Result) rethrows -> Result {
    let removal = PartialFileRemoval(path)
    defer { removal.end() }
    return try body()
  }

  private init(_ path: String) {
    sources = [SIGHUP, SIGINT, SIGTERM].filter(Self.takeOver).map { number in
      let source = DispatchSource.makeSignalSource(signal: number, queue: .global())
      source.setEventHandler {
        PartialFile.remove(for: path)
        // At once, as the signal itself would have done: whoever writes must not find his file gone.
        _exit(128 + number)
      }
      source.resume()
      return (number, source)
    }
  }

  private func end() {
    for (number, source) in sources {
      source.cancel()
      signal(number, SIG_DFL)
    }
  }

  /// Keeps a signal from ending the process; false for one that does not anyway, such as Ctrl-C where a shell has started
  /// the process in the background.
  private static func takeOver(_ number: Int32) -> Bool {
    unsafeBitCast(signal(number, SIG_IGN), to: Int.self) != unsafeBitCast(SIG_IGN, to: Int.self)
  }
}
