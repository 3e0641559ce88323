import Foundation

/// The program `mili`, which is built beside the tests.
enum Mili {
  /// Where it is; nil when it was not built.
  static let executable: URL? = {
    let bundles = CommandLine.arguments.lazy.compactMap { argument in
      argument.range(of: ".xctest").map { URL(filePath: String(argument[..<$0.upperBound])) }
    }
    let program = bundles.first?.deletingLastPathComponent().appending(path: "mili")
    return program.flatMap { FileManager.default.isExecutableFile(atPath: $0.path) ? $0 : nil }
  }()

  /// What a run printed, and how it ended.
  struct Result {
    var output: String
    var errors: String
    var status: Int32
  }

  /// Runs the program to its end.
  static func run(_ arguments: [String], input: String = "") throws -> Result {
    let process = Process()
    process.executableURL = executable
    process.arguments = arguments
    let (standardInput, output, errors) = (Pipe(), Pipe(), Pipe())
    process.standardInput = standardInput
    process.standardOutput = output
    process.standardError = errors
    try process.run()
    try standardInput.fileHandleForWriting.write(contentsOf: Data(input.utf8))
    try standardInput.fileHandleForWriting.close()
    // Errors are few enough for the pipe's own memory.
    let printed = output.fileHandleForReading.readDataToEndOfFile()
    let reported = errors.fileHandleForReading.readDataToEndOfFile()
    process.waitUntilExit()
    return Result(
      output: String(decoding: printed, as: UTF8.self), errors: String(decoding: reported, as: UTF8.self),
      status: process.terminationStatus)
  }
}
