import Foundation
import Testing

/// The command `tvm` run as a process of its own.
struct CommandRun {
  let status: Int32
  let output: Data
  let report: String

  /// What was printed, as text.
  var text: String { String(decoding: output, as: UTF8.self) }

  /// The objects that were printed, one a line.
  var objects: [[String: Any]] {
    text.split(separator: "\n").compactMap { line in
      try? JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any]
    }
  }

  /// Runs a line of a shell in which `tvm` is the command that was built beside the tests.
  init(_ line: String, in folder: String) throws {
    let report = URL(fileURLWithPath: folder).appendingPathComponent("\(UUID().uuidString).report")
    try Data().write(to: report)
    defer { try? FileManager.default.removeItem(at: report) }
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(fileURLWithPath: "/bin/bash")
    process.arguments = ["-c", "tvm() { '\(try Self.executable().path)' \"$@\"; }; \(line)"]
    process.currentDirectoryURL = URL(fileURLWithPath: folder)
    process.environment = ProcessInfo.processInfo.environment.merging(["TVM_CACHE": Self.codeCache]) { $1 }
    process.standardOutput = pipe
    process.standardError = try FileHandle(forWritingTo: report)
    try process.run()
    output = pipe.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    status = process.terminationStatus
    self.report = String(decoding: try Data(contentsOf: report), as: UTF8.self)
  }

  /// Where the tests keep compiled code, away from the user's own.
  private static var codeCache: String {
    FileManager.default.temporaryDirectory.appendingPathComponent("tvm-tests-\(NSUserName())").path
  }

  /// The executable beside the test bundle.
  static func executable() throws -> URL {
    let places =
      [Bundle.main.bundleURL, Bundle.main.executableURL].compactMap { $0 }
      + Bundle.allBundles.map(\.bundleURL)
    let candidates = places.flatMap { place in
      [place.appendingPathComponent("tvm"), place.deletingLastPathComponent().appendingPathComponent("tvm")]
    }
    return try #require(
      candidates.first { FileManager.default.isExecutableFile(atPath: $0.path) }, "no tvm beside \(places)")
  }
}
