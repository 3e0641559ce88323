import Foundation
import TestSupport

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// A terminal without a screen, with a program running in it.
final class PseudoTerminal {
  private let primary: Int32
  private let process = Process()
  /// What was shown since the end of what was waited for.
  private var shown = Data()

  /// Runs `mili` in a terminal.
  init(_ arguments: [String]) throws {
    var (primary, secondary): (Int32, Int32) = (-1, -1)
    guard openpty(&primary, &secondary, nil, nil, nil) == 0 else { throw POSIXError(.ENXIO) }
    self.primary = primary
    let terminal = FileHandle(fileDescriptor: secondary, closeOnDealloc: true)
    process.executableURL = Mili.executable
    process.arguments = arguments
    process.environment = ["TERM": "xterm"]
    process.standardInput = terminal
    process.standardOutput = terminal
    process.standardError = terminal
    try process.run()
  }

  deinit {
    if process.isRunning { process.terminate() }
    close(primary)
  }

  /// Types a line.
  func type(_ line: String) {
    let bytes = Array((line + "\n").utf8)
    _ = write(primary, bytes, bytes.count)
  }

  /// Sends what Ctrl-C sends.
  func interrupt() {
    kill(process.processIdentifier, SIGINT)
  }

  /// Waits until a text has been shown after what was waited for before; what was shown up to its end.
  func wait(for text: String) throws -> String {
    let wanted = Data(text.utf8)
    let deadline = ContinuousClock().now + patience
    var searched = shown.startIndex
    while ContinuousClock().now < deadline {
      if let range = shown.range(of: wanted, in: searched..<shown.endIndex) {
        defer { shown = Data(shown[range.upperBound...]) }
        return String(decoding: shown[..<range.upperBound], as: UTF8.self)
      }
      searched = max(shown.startIndex, shown.endIndex - wanted.count)
      var look = pollfd(fd: primary, events: Int16(POLLIN), revents: 0)
      guard poll(&look, 1, 100) > 0 else { continue }
      var bytes = [UInt8](repeating: 0, count: 65536)
      let count = read(primary, &bytes, bytes.count)
      guard count > 0 else { break }
      shown += bytes[..<count]
    }
    throw POSIXError(.ETIMEDOUT)
  }

  /// Waits until the program ends; its exit code.
  func exitCode() -> Int32 {
    process.waitUntilExit()
    return process.terminationStatus
  }
}
