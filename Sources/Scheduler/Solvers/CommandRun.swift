import Foundation

/// Running another program and reading what it prints.
enum CommandRun {
  /// The file that a command name means: itself when it has a slash, else the first of that name on the PATH.
  static func find(_ command: String, environment: [String: String]) -> String? {
    let files = FileManager.default
    if command.contains("/") { return files.isExecutableFile(atPath: command) ? command : nil }
    let folders = (environment["PATH"] ?? "").split(separator: ":").map(String.init)
    return folders.map { "\($0)/\(command)" }.first { files.isExecutableFile(atPath: $0) }
  }

  /// All that a command prints; nil when it cannot be started or fails.
  static func output(of command: String, _ arguments: [String], environment: [String: String]) -> String? {
    guard let file = find(command, environment: environment) else { return nil }
    var lines: [String] = []
    guard let status = run(file, arguments, forEachLine: { lines.append($0) }), status == 0 else { return nil }
    return lines.joined(separator: "\n")
  }

  /// Runs a program, calls `forEachLine` with each line as it is printed, and returns the exit status; nil when the program
  /// cannot be started. What it prints as errors is dropped.
  static func run(_ file: String, _ arguments: [String], forEachLine: (String) -> Void) -> Int32? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: file)
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    var rest: [UInt8] = []
    while true {
      let data = pipe.fileHandleForReading.availableData
      if data.isEmpty { break }
      rest += data
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        forEachLine(String(decoding: rest[..<end], as: UTF8.self))
        rest.removeSubrange(...end)
      }
    }
    if !rest.isEmpty { forEachLine(String(decoding: rest, as: UTF8.self)) }
    process.waitUntilExit()
    return process.terminationStatus
  }
}
