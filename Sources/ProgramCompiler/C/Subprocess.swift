import Foundation

/// Runs another program and waits for it.
enum Subprocess {
  /// What a program printed, on both streams, and its exit status.
  struct Result {
    let status: Int32
    let output: String
  }

  /// - Throws: what the system says when the program cannot be started.
  static func run(_ executable: URL, _ arguments: [String]) throws -> Result {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = executable
    process.arguments = arguments
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Result(status: process.terminationStatus, output: String(decoding: output, as: UTF8.self))
  }
}
