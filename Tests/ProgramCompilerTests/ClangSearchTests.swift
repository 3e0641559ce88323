import Foundation
import ProgramCompiler
import TestSupport
import Testing

/// The search for clang says where it looked and what was wrong there, and C's errors are passed on.
struct ClangSearchTests {
  private func message(_ environment: [String: String], source: String? = nil) throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tvm-test-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let file = folder.appending(path: "program.c")
    try Data((source ?? "void compute(void) {}").utf8).write(to: file)
    do {
      _ = try ProgramCompiler(environment: environment).compile(c: file) { _ in }
      return "no error"
    } catch {
      return error.description
    }
  }

  /// A folder with a `clang` that is the given shell script.
  private func withClang<Result>(_ script: String, _ body: (URL) throws -> Result) throws -> Result {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tvm-clang-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let clang = folder.appending(path: "clang")
    try ShellScript.write(script, to: clang)
    return try body(folder)
  }

  @Test func aNamedCompilerIsTheOnlyOneTried() throws {
    let expected = "no clang that compiles to WebAssembly; tried /nowhere/clang (no executable file)"
    #expect(try message(["TVM_CLANG": "/nowhere/clang", "PATH": "/usr/bin"]) == expected)
  }

  /// `TVM_CLANG=` in front of a command takes the variable back.
  @Test func anEmptyNameIsNone() throws {
    try withClang("exit 1") { broken in
      let message = try message(["TVM_CLANG": "", "PATH": broken.path])
      #expect(message.contains("\(broken.path)/clang (it does not run)") || !message.hasPrefix("no clang"))
      #expect(!message.contains("\(broken.path) ("))
    }
  }

  @Test func everyFailureIsTold() throws {
    try withClang("exit 1") { broken in
      try withClang("echo '  x86-64 - Intel'") { native in
        try withClang("case \"$1\" in --print-targets) echo wasm32;; *) echo wasm-ld;; esac") { linkerless in
          let path = [broken, native, linkerless].map(\.path).joined(separator: ":")
          let message = try message(["PATH": path])
          #expect(message.contains("\(broken.path)/clang (it does not run)"))
          #expect(message.contains("\(native.path)/clang (it has no target wasm32)"))
          #expect(
            message.contains("\(linkerless.path)/clang (it finds no linker wasm-ld)") || !message.hasPrefix("no clang"))
          #expect(!message.contains("\n"))
        }
      }
    }
  }

  /// Whoever a clang leaves behind holds what it prints to.
  @Test func whoIsLeftBehindIsNotWaitedFor() throws {
    try withClang("sleep 600 & echo $! > \"${0%/*}/left\"; exit 1") { folder in
      let clock = ContinuousClock()
      let start = clock.now
      let message = try message(["TVM_CLANG": folder.path + "/clang"])
      #expect(clock.now - start < .seconds(300))
      #expect(message.hasSuffix("/clang (it does not run)"))
      let left = try String(contentsOf: folder.appending(path: "left"), encoding: .utf8)
      kill(try #require(Int32(left.trimmingCharacters(in: .newlines))), SIGKILL)
    }
  }

  @Test func sourcesThatAreNone() throws {
    let missing = URL(filePath: "/nowhere/program.c")
    #expect(throws: ProgramCompilerError.self) { try ProgramCompiler().compile(c: missing) }
    let folder = FileManager.default.temporaryDirectory
    #expect(throws: ProgramCompilerError.self) { try ProgramCompiler().compile(c: folder) }
  }

  @Test(.enabled("needs a clang for WebAssembly") { WebAssemblyBuild.isPossible })
  func whatClangSaysIsPassedOn() throws {
    let environment = ProcessInfo.processInfo.environment
    let wrong = try message(environment, source: "void compute(const char *input) { undeclared(); return 1 }")
    #expect(wrong.contains("program.c:1:") && wrong.contains("undeclared"))
    #expect(try message(environment, source: "int main(void) { return 0; }").contains("compute"))
    #expect(
      try message(environment, source: "void missing(void); void compute(void) { missing(); }").contains("missing"))

    var warnings: [String] = []
    _ = try WebAssemblyBuild.compile("void compute(const char *input) { printf(\"%d\\n\", input); }") {
      warnings.append($0)
    }
    #expect(warnings.count == 1)
    #expect(warnings.first?.contains("warning:") == true)
  }

  /// The byte of a module that nobody sees helps nobody: the name of the C function does.
  @Test(.enabled("needs a clang for WebAssembly") { WebAssemblyBuild.isPossible })
  func whatIsRefusedIsNamedByItsFunction() throws {
    let module = try WebAssemblyBuild.compile(
      """
      __attribute__((noinline)) static int square(int a) { return (long long)a * a >> 20; }
      void compute(const char *input) { putchar(square(input[0])); }
      """)
    do throws(ProgramCompilerError) {
      _ = try ProgramCompiler().compile(wasm: module)
      Issue.record("no error")
    } catch {
      #expect(error.function == "'square'")
      #expect(error.withoutOffset.description.hasSuffix(" is not supported by the base profile, in function 'square'"))
    }
  }
}
