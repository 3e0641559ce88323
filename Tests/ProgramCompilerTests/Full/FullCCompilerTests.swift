import InstructionSet
import ProgramCompiler
import Testing
import WebAssembly

/// What modules look like that C is compiled to for the full profile.
@Suite(.enabled("needs a clang for WebAssembly") { WebAssemblyBuild.isPossible })
struct FullCCompilerTests {
  private func module(_ source: String) throws -> Module {
    try Module(decoding: WebAssemblyBuild.compile(source, for: .full))
  }

  /// Each import is code of the host's in every prompt: nothing is imported that is not used.
  @Test(arguments: [
    ("int main(void) { return 0; }", ["proc_exit"]),
    ("#include <stdio.h>\nint main(void) { return printf(\"%d\", 1); }", ["proc_exit", "output"]),
    ("#include <stdio.h>\nint main(void) { char a[9]; return sprintf(a, \"%d\", 1); }", ["proc_exit"]),
    ("#include <stdio.h>\nint main(void) { return fputs(\"\", stderr); }", ["proc_exit", "output", "fd_write"]),
    ("#include <stdio.h>\nint main(void) { return getchar(); }", ["proc_exit", "fd_read"]),
    ("int main(int count, char **arguments) { return count; }", ["proc_exit", "args_get", "args_sizes_get"]),
    (
      "void compute(const char *input) { puts(input); }",
      ["proc_exit", "args_get", "args_sizes_get", "fd_read", "output"]
    ),
  ])
  func importsWhatIsUsed(source: String, names: [String]) throws {
    let module = try module(source)
    #expect(module.imports.map(\.name.text).sorted() == names.sorted())
    #expect(module.exports.map(\.name.text).sorted() == ["_start", "memory"])
  }

  /// What printing takes of a prompt depends on what is printed.
  @Test func floatsAndWideNumbersAreLinkedOnDemand() throws {
    let sizes = try ["%d", "%lld", "%f"].map {
      try WebAssemblyBuild.compile("#include <stdio.h>\nint main(void) { return printf(\"\($0)\", 1); }", for: .full)
        .count
    }
    #expect(sizes[0] < sizes[1] && sizes[0] + 1000 < sizes[2], "\(sizes)")
  }

  /// Names that a program gives to its own functions.
  @Test(arguments: ["malloc", "pow"])
  func programsMayDefineFunctionsOfTheLibrary(name: String) throws {
    _ = try module("int \(name)(int a) { return a * 3; }\nint main(void) { return \(name)(14); }")
  }

  @Test func missingEntry() throws {
    let error = #expect(throws: ProgramCompilerError.self) { try module("int add(int a, int b) { return a + b; }") }
    guard case .compilation(let diagnostics) = error?.kind else {
      Issue.record("found \(String(describing: error))")
      return
    }
    #expect(diagnostics == "expected a function main, or compute, to begin with")
  }

  /// The library itself gives clang nothing to say.
  @Test func noWarnings() throws {
    for format in ["%d", "%lld %f"] {
      let source = "#include <stdio.h>\nint main(void) { return printf(\"\(format)\", 1LL, 1.0); }"
      _ = try WebAssemblyBuild.compile(source.replacing("%d\", 1LL, 1.0", with: "%d\", 1"), for: .full) {
        Issue.record("\($0)")
      }
    }
  }
}
