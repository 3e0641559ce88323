import FloatOracle
import Foundation
import ProgramCompiler
import Testing
import WebAssembly

/// The arithmetic library, compiled again from its sources.
@Suite(.enabled("no clang on the path that compiles for wasm32") { ArithmeticBuild.isPossible })
struct ArithmeticBuildTests {
  /// The same compiler gives the module that ships, byte for byte; another one, a module that computes the same.
  @Test func shippedModuleIsThatOfTheSources() throws {
    let file = FileManager.default.temporaryDirectory.appending(path: "tvm-arithmetic-\(UUID().uuidString).wasm")
    defer { try? FileManager.default.removeItem(at: file) }
    let build = try ArithmeticBuild.run([ArithmeticBuild.script.path, file.path])
    try #require(build.status == 0, "\(build.output)")
    let bytes = [UInt8](try Data(contentsOf: file))
    let rebuilt = try FullLibrary(name: "arithmetic", decoding: bytes)
    if rebuilt.producers == (try FullLibrary.arithmetic.get().producers) {
      #expect(bytes == FullLibrary.arithmeticBytes, "run Scripts/build-arithmetic")
    }
    for operation in FloatOperator.all {
      let calculate = try FullCalculator(operation, arithmetic: rebuilt)
      let edges = OperandSamples.edges(operation.operands[0])
      for (first, second) in zip(edges, edges.reversed()) {
        let found = try calculate(first, second)
        #expect(found.matches(operation.outcome(first, second)), "\(operation) of \(first), \(second): \(found)")
      }
    }
  }
}

/// The script that compiles the library.
private enum ArithmeticBuild {
  static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Scripts/build-arithmetic").standardized

  static let isPossible: Bool =
    (try? run(["clang", "--print-targets"])).map { $0.status == 0 && $0.output.contains("wasm32") } ?? false

  static func run(_ command: [String]) throws -> (status: Int32, output: String) {
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
