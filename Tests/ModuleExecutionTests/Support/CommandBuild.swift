import Foundation
import Testing

/// Programs of the machine that runs the tests: a clang for WebAssembly, and another that executes modules.
enum CommandBuild {
  /// clang with its linker; nil where there is none.
  static let clang = tool("clang", beside: "wasm-ld")
  /// A runtime for WASI, the oracle.
  static let wasmkit = tool("wasmkit")
  /// Another, for calls of functions.
  static let node = tool("node")

  struct Result {
    let status: Int32
    let output: [UInt8]
    let errorOutput: [UInt8]
  }

  private static func tool(_ name: String, beside other: String? = nil) -> URL? {
    (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":").map { URL(filePath: String($0)) }
      .filter { folder in
        [name, other ?? name].allSatisfy {
          FileManager.default.isExecutableFile(atPath: folder.appending(path: $0).path)
        }
      }
      .first?.appending(path: name)
  }

  /// Compiles a C program that has no library and begins at `_start`.
  static func compile(_ source: String, flags: [String] = []) throws -> [UInt8] {
    try withFolder { folder in
      let (file, module) = (folder.appending(path: "program.c"), folder.appending(path: "program.wasm"))
      try Data(source.utf8).write(to: file)
      let result = try run(
        try #require(clang),
        [
          "--target=wasm32-unknown-unknown", "-O2", "-nostdlib", "-ffreestanding", "-mcpu=mvp", "-Wl,--export=_start",
          "-Wl,--no-entry",
        ]
          + flags + ["-o", module.path, file.path])
      guard result.status == 0 else { throw CocoaError(.executableLoad) }
      return [UInt8](try Data(contentsOf: module))
    }
  }

  /// Executes a module with arguments, variables, whose order is not kept, and an input.
  static func execute(
    _ module: [UInt8], _ arguments: [String], variables: [String], input: [UInt8]
  ) throws -> Result {
    try withFolder { folder in
      let file = folder.appending(path: "program.wasm")
      try Data(module).write(to: file)
      return try run(
        try #require(wasmkit), ["run"] + variables.flatMap { ["--env", $0] } + [file.path] + arguments, input: input)
    }
  }

  /// What a JavaScript program prints that is given a module's path as its argument.
  static func output(of script: String, _ module: [UInt8]) throws -> String {
    try withFolder { folder in
      let (program, file) = (folder.appending(path: "program.js"), folder.appending(path: "program.wasm"))
      try Data(script.utf8).write(to: program)
      try Data(module).write(to: file)
      return String(decoding: try run(try #require(node), [program.path, file.path]).output, as: UTF8.self)
    }
  }

  private static func withFolder<Value>(_ body: (URL) throws -> Value) throws -> Value {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tvm-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    return try body(folder)
  }

  /// What is written is little enough for a pipe.
  private static func run(_ executable: URL, _ arguments: [String], input: [UInt8] = []) throws -> Result {
    let process = Process()
    let (inputPipe, output, errorOutput) = (Pipe(), Pipe(), Pipe())
    process.executableURL = executable
    process.arguments = arguments
    process.standardInput = inputPipe
    process.standardOutput = output
    process.standardError = errorOutput
    try process.run()
    try inputPipe.fileHandleForWriting.write(contentsOf: Data(input))
    try inputPipe.fileHandleForWriting.close()
    let written = try output.fileHandleForReading.readToEnd() ?? Data()
    let errors = try errorOutput.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return Result(status: process.terminationStatus, output: [UInt8](written), errorOutput: [UInt8](errors))
  }
}
