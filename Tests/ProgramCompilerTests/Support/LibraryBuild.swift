import Foundation
import Testing

/// The scripts that compile the modules that ship with the compiler.
enum LibraryBuild {
  private static let scripts = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Scripts").standardized

  /// Whether there is a clang for them.
  static let isPossible: Bool =
    (try? run(["clang", "--print-targets"])).map { $0.status == 0 && $0.output.contains("wasm32") } ?? false

  /// What a script makes of the sources.
  static func run(_ script: String) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: "tvm-library-\(UUID().uuidString).wasm")
    defer { try? FileManager.default.removeItem(at: file) }
    let build = try run([scripts.appending(path: script).path, file.path])
    try #require(build.status == 0, "\(build.output)")
    return [UInt8](try Data(contentsOf: file))
  }

  private static func run(_ command: [String]) throws -> (status: Int32, output: String) {
    let process = Process()
    let pipe = Pipe()
    process.executableURL = URL(filePath: "/usr/bin/env")
    process.arguments = command
    process.standardOutput = pipe
    process.standardError = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return (process.terminationStatus, String(decoding: output, as: UTF8.self))
  }
}
