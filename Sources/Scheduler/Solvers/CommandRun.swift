import Foundation

#if canImport(Darwin)
  import Darwin
#else
  import Glibc
#endif

extension [String: String] {
  /// The value of a variable; nil when it is empty, which is how shells take a variable back.
  func named(_ variable: String) -> String? {
    self[variable].flatMap { $0.isEmpty ? nil : $0 }
  }
}

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
  ///
  /// - Parameter timeLimit: seconds after which the program is interrupted, and killed if it does not end then.
  static func run(
    _ file: String, _ arguments: [String], timeLimit: Double? = nil, forEachLine: (String) -> Void
  ) -> Int32? {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: file)
    process.arguments = arguments
    process.standardOutput = pipe
    process.standardError = FileHandle.nullDevice
    process.standardInput = FileHandle.nullDevice
    guard (try? process.run()) != nil else { return nil }
    let ends = timeLimit.map { [end(process.processIdentifier, by: SIGINT, after: $0 + 0.2)] } ?? []
    let kills = timeLimit.map { [end(process.processIdentifier, by: SIGKILL, after: $0 + 1)] } ?? []
    defer { for item in ends + kills { item.cancel() } }
    var rest: [UInt8] = []
    while true {
      let bytes = nextBytes(of: pipe.fileHandleForReading.fileDescriptor)
      if bytes.isEmpty { break }
      rest += bytes
      while let end = rest.firstIndex(of: UInt8(ascii: "\n")) {
        forEachLine(String(decoding: rest[..<end], as: UTF8.self))
        rest.removeSubrange(...end)
      }
    }
    if !rest.isEmpty { forEachLine(String(decoding: rest, as: UTF8.self)) }
    process.waitUntilExit()
    return process.terminationStatus
  }

  /// What a pipe brings next, waiting for it; nothing at its end, or when it cannot be read.
  private static func nextBytes(of descriptor: Int32) -> [UInt8] {
    [UInt8](unsafeUninitializedCapacity: 1 << 16) { buffer, count in
      var result: Int
      repeat { result = read(descriptor, buffer.baseAddress, buffer.count) } while result < 0 && errno == EINTR
      count = max(result, 0)
    }
  }

  private static func end(_ process: Int32, by signal: Int32, after seconds: Double) -> DispatchWorkItem {
    let item = DispatchWorkItem { kill(process, signal) }
    DispatchQueue.global().asyncAfter(deadline: .now() + seconds, execute: item)
    return item
  }
}
