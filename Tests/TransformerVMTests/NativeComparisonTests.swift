import Foundation
import InstructionSet
import ProgramCompiler
import TestSupport
import Testing
import Transformer
import TransformerVM

/// C programs that the examples are too tame for print what their native builds print, whatever executes them.
@Suite(.enabled("needs cc, and a clang for WebAssembly") { NativeProgram.isPossible })
struct NativeComparisonTests {
  // The evaluator of graphs computes forty thousand tokens a second, and ten thousand writings are a million.
  private static let writings = LongTests.areWanted ? 10_000 : 1500
  /// Keys near 2²³, whose squares leave recency no digits: every reading must find the latest of many writings.
  private static let farByte = """
    static volatile unsigned char far[(8 << 20) + 1];

    void compute(const char *input) {
      unsigned sum = 0;
      for (unsigned i = 0; i < \(writings); i++) {
        far[8 << 20] = i;
        sum += far[8 << 20];
      }
      printf("%u %u\\n", sum, far[(8 << 20) - 1]);
    }
    """

  /// Local variables alive across 400 calls, the depth of the stack a running sum.
  private static let deepRecursion = """
    __attribute__((noinline)) static unsigned mix(unsigned depth, unsigned a) {
      if (depth == 0) return a;
      unsigned b = a + depth, c = a - depth;
      unsigned deeper = mix(depth - 1, b + 3);
      return deeper + b - c + depth;
    }

    void compute(const char *input) { printf("%u\\n", mix(400, *input)); }
    """

  private static let sources = ["farByte": farByte, "deepRecursion": deepRecursion]
  @Test(arguments: ["farByte", "deepRecursion"])
  func everyExecutorPrintsWhatTheProcessorPrints(_ name: String) throws {
    let native = try NativeProgram(try #require(Self.sources[name]))
    defer { native.remove() }
    let expected = try native.output()
    // The dense engine takes a minute for ten thousand writings.
    let leavesOutDense = name == "farByte" && !LongTests.areWanted
    for executor in try Machines.universalExecutors() where !(leavesOutDense && executor.name == "dense") {
      try expect(expected, of: native.program, on: executor)
    }
    let model = try Machines.specializedModel(native.program)
    for engine in LongTests.areWanted ? [EngineChoice.plan, .dense] : [.plan] {
      let executor = try Executor(model: model, engine: engine)
      try expect(expected, of: native.program, on: executor)
    }
  }

  private func expect(_ expected: [UInt8], of program: Program, on executor: Executor) throws {
    var check = try TraceCheck(.base(program), vocabulary: executor.vocabulary)
    let run = try ProgramRun(.base(program), on: executor) { check.check($0, $1) }
    #expect(run.output == expected, "\(executor.name)")
    #expect(check.finding == nil, "\(executor.name): \(check.finding?.detail ?? "")")
  }
}

/// A C program, compiled for the machine and by the native compiler.
private struct NativeProgram {
  private static let compiler: URL? = (ProcessInfo.processInfo.environment["PATH"] ?? "").split(separator: ":")
    .map { URL(filePath: "\($0)/cc") }
    .first { FileManager.default.isExecutableFile(atPath: $0.path) }

  static let isPossible =
    compiler != nil && (try? ProgramCompiler().compile(c: "void compute(const char *input) {}", named: "a.c")) != nil

  let program: Program
  private let folder: URL
  private var executable: URL { folder.appending(path: "program") }

  init(_ source: String) throws {
    program = try ProgramCompiler().compile(wasm: ProgramCompiler().compile(c: source, named: "program.c"))
    folder = FileManager.default.temporaryDirectory.appending(path: "tvm-native-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    let file = folder.appending(path: "program.c")
    let host = "\nint main(void) { compute(\"\"); return 0; }\n"
    try Data(("#include <stdio.h>\n#include <string.h>\n" + source + host).utf8).write(to: file)
    let compiler = try #require(Self.compiler)
    _ = try Self.run(compiler, ["-w", "-O1", "-fwrapv", "-o", executable.path, file.path])
  }

  func output() throws -> [UInt8] { try Self.run(executable, []) }

  func remove() { try? FileManager.default.removeItem(at: folder) }

  private static func run(_ executable: URL, _ arguments: [String]) throws -> [UInt8] {
    let process = Process()
    let pipe = Foundation.Pipe()
    process.executableURL = executable
    process.arguments = arguments
    process.standardOutput = pipe
    try process.run()
    let output = try pipe.fileHandleForReading.readToEnd() ?? Data()
    process.waitUntilExit()
    return process.terminationStatus == 0 ? [UInt8](output) : []
  }
}
