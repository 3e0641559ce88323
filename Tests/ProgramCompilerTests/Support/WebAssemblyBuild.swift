import Foundation
import InstructionSet
import ProgramCompiler

/// Compiles C given as text.
enum WebAssemblyBuild {
  /// Whether there is a clang for it.
  static let isPossible = (try? compile("void compute(const char *input) {}")) != nil

  static func compile(
    _ source: String, for profile: MachineProfile = .base, report: (String) -> Void = { _ in }
  ) throws -> [UInt8] {
    let file = FileManager.default.temporaryDirectory.appending(path: "tvm-test-\(UUID().uuidString).c")
    try Data(source.utf8).write(to: file)
    defer { try? FileManager.default.removeItem(at: file) }
    return try ProgramCompiler().compile(c: file, for: profile, report: report)
  }
}
