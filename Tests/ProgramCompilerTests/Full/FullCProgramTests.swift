import Foundation
import InstructionSet
import ModuleExecution
import ProgramCompiler
import Reference
import Testing
import WebAssembly

/// C programs of the full profile do what their native builds do.
@Suite(.enabled("needs cc, and a clang for WebAssembly") { NativeBuild.compiler != nil && WebAssemblyBuild.isPossible })
struct FullCProgramTests {
  private struct Run {
    var outcome: ExecutionOutcome
    var output = ""
    var errors = ""
  }

  private func run(_ source: String, arguments: [String] = [], input: String = "") throws -> Run {
    let module = try Module(decoding: WebAssemblyBuild.compile(source, for: .full))
    let compiled = try FullProgramCompiler().compile(module, exporting: [], running: FullEntry(of: module).call())
    let host = HostEnvironment(
      arguments: ["program"] + arguments.map { HostString($0) }, input: .bytes(Array(input.utf8)))
    var instance = ModuleInstance(compiled, on: FullReferenceInterpreter(compiled.program), host: host)
    var (output, errors): ([UInt8], [UInt8]) = ([], [])
    let outcome = try instance.run(limit: 20_000_000) { event in
      switch event {
      case .output(let bytes): output += bytes
      case .errorOutput(let bytes): errors += bytes
      default: break
      }
    }
    return Run(
      outcome: outcome, output: String(decoding: output, as: UTF8.self), errors: String(decoding: errors, as: UTF8.self)
    )
  }

  @Test(arguments: FullCProgram.all)
  func programPrintsWhatItsNativeBuildPrints(_ program: FullCProgram) throws {
    let native = try NativeBuild(program: program.source)
    defer { native.remove() }
    let expected = String(decoding: try native.output(standardInput: program.input), as: UTF8.self)
    #expect(!expected.isEmpty)
    let run = try run(program.source, input: program.input)
    #expect(run.outcome == .returned([]))
    #expect(run.output == expected)
  }

  @Test func arguments() throws {
    let source = """
      #include <stdio.h>
      int main(int count, char **arguments) {
        for (int i = 0; i < count; i++) puts(arguments[i]);
        return arguments[count] ? 1 : count;
      }
      """
    let run = try run(source, arguments: ["first", "", "the third"])
    #expect(run.output == "program\nfirst\n\nthe third\n")
    #expect(run.outcome == .exited(code: 4))
  }

  /// The base profile's entry is given the whole input, however long it is.
  @Test(arguments: [0, 1024])
  func inputAsText(length: Int) throws {
    let input = String(repeating: "x", count: length)
    let run = try run("void compute(const char *input) { printf(\"%u\", strlen(input)); }", input: input)
    #expect(run.output == "\(length)")
  }

  @Test func endsByItself() throws {
    #expect(try run("#include <stdlib.h>\nint main(void) { exit(3); }").outcome == .exited(code: 3))
    #expect(try run("#include <stdlib.h>\nint main(void) { abort(); }").outcome == .trapped(.unreachable))
    let failure = try run(
      "#include <assert.h>\n#include <stdio.h>\nint main(int n, char **a) { printf(\"before\"); assert(n > 1); }")
    #expect(failure.outcome == .trapped(.unreachable))
    #expect(failure.output == "before")
    #expect(failure.errors.hasSuffix(":3: Assertion `n > 1' failed.\n"))
  }

  /// Where the host says nothing of the time, it is a count.
  @Test func time() throws {
    let source = "#include <time.h>\nint main(void) { return time(0) || clock() < 1000; }"
    #expect(try run(source).outcome == .returned([]))
  }
}
