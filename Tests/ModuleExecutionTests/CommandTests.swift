import Foundation
import InstructionSet
import ModuleExecution
import ProgramCompiler
import Reference
import Testing
import WebAssembly
import WebAssemblyValidation

/// Programs that are run as commands.
@Suite struct CommandTests {
  /// Executes a module as `tvm run` would.
  private static func run(
    _ module: Module, host: HostEnvironment = HostEnvironment(), limit: Int = 20_000_000
  ) throws -> (outcome: ExecutionOutcome, output: [UInt8], errorOutput: [UInt8]) {
    try module.validate()
    let call = try FullEntry(of: module).call()
    let compiled = try FullProgramCompiler().compile(module, exporting: [], running: call)
    var instance = ModuleInstance(compiled, on: FullReferenceInterpreter(compiled.program), host: host)
    var (output, errorOutput): ([UInt8], [UInt8]) = ([], [])
    let outcome = try instance.run(limit: limit) { event in
      switch event {
      case .output(let bytes): output += bytes
      case .errorOutput(let bytes): errorOutput += bytes
      case .tokens, .answer, .printed: break
      }
    }
    return (outcome, output, errorOutput)
  }

  @Test func whatMainReturnsIsTheCode() throws {
    for (parameters, code) in [([], 7), ([.i32, .i32], -1)] as [([ValueType], Int32)] {
      var sketch = ModuleSketch()
      sketch.addFunction("main", parameters, [.i32], [.i32Const(code), .end])
      #expect(try Self.run(sketch.module).outcome == .exited(code: UInt32(bitPattern: code)))
    }
    var sketch = ModuleSketch()
    sketch.addFunction("_start", [], [], [.end])
    sketch.addFunction("main", [], [.i32], [.i32Const(1), .end])
    #expect(try Self.run(sketch.module).outcome == .returned([]))
  }

  @Test func theStartFunctionComesFirst() throws {
    var sketch = ModuleSketch()
    sketch.addOutput()
    sketch.addFunction("begin", [], [], [.i32Const(0x41), .call(0), .end])
    sketch.addFunction("_start", [], [], [.i32Const(0x42), .call(0), .unreachable, .end])
    sketch.setStart(1)
    let result = try Self.run(sketch.module)
    #expect(result.outcome == .trapped(.unreachable))
    #expect(result.output == [0x41, 0x42])
  }

  @Test func nothingToRun() throws {
    var sketch = ModuleSketch()
    sketch.addFunction("run", [], [], [.end])
    sketch.addFunction("_start", [.i32], [], [.end])
    #expect(throws: ProgramCompilerError.self) { try Self.run(sketch.module) }
  }

  /// A program that reads, writes, asks for its arguments and exits, against another runtime.
  @Test(
    .enabled("no clang with wasm-ld, or no wasmkit, on the path") {
      CommandBuild.clang != nil && CommandBuild.wasmkit != nil
    },
    arguments: [
      ([], [], ""), (["one"], ["A=1"], "hello, world\n"),
      (
        ["one", "", "three"], ["LONG=\(String(repeating: "x", count: 50))"],
        String(repeating: "0123456789", count: 40)
      ),
    ] as [([String], [String], String)])
  func echoes(_ arguments: [String], _ variables: [String], _ input: String) throws {
    let module = try CommandBuild.compile(Self.echo)
    let expected = try CommandBuild.execute(module, arguments, variables: variables, input: Array(input.utf8))
    let found = try Self.run(
      Module(decoding: module),
      host: HostEnvironment(
        arguments: (["program.wasm"] + arguments).map { HostString($0) }, variables: variables.map { HostString($0) },
        input: .bytes(Array(input.utf8))))
    #expect(found.outcome == .exited(code: UInt32(expected.status)))
    #expect(String(decoding: found.output, as: UTF8.self) == String(decoding: expected.output, as: UTF8.self))
    #expect(found.errorOutput == expected.errorOutput)
  }

  /// Prints arguments but the first, which is a path for some, and variables; then the input in capitals; the number of its bytes,
  /// modulo 100, is the code.
  private static let echo = """
    typedef unsigned int u32;
    typedef unsigned long long u64;
    #define WASI(name) __attribute__((import_module("wasi_snapshot_preview1"), import_name(#name))) u32 name
    struct buffer { char *bytes; u32 count; };
    WASI(fd_write)(u32, const struct buffer *, u32, u32 *);
    WASI(fd_read)(u32, const struct buffer *, u32, u32 *);
    WASI(args_sizes_get)(u32 *, u32 *);
    WASI(args_get)(char **, char *);
    WASI(environ_sizes_get)(u32 *, u32 *);
    WASI(environ_get)(char **, char *);
    WASI(clock_time_get)(u32, u64, u64 *);
    WASI(random_get)(void *, u32);
    __attribute__((import_module("wasi_snapshot_preview1"), import_name("proc_exit"))) _Noreturn void proc_exit(u32);

    static void print(u32 file, char *text) {
      struct buffer parts[2] = {{text, 0}, {"\\n", 1}};
      while (text[parts[0].count]) parts[0].count++;
      u32 written;
      if (fd_write(file, parts, 2, &written) != 0 || written != parts[0].count + 1) __builtin_trap();
    }

    static void print_all(u32 get_sizes(u32 *, u32 *), u32 get(char **, char *), u32 first) {
      static char *strings[16];
      static char bytes[512];
      u32 count, size;
      if (get_sizes(&count, &size) != 0 || count > 16 || size > 512) __builtin_trap();
      if (get(strings, bytes) != 0) __builtin_trap();
      for (u32 i = first; i < count; i++) print(1, strings[i]);
    }

    void _start(void) {
      print_all(args_sizes_get, args_get, 1);
      print_all(environ_sizes_get, environ_get, 0);
      u32 total = 0, count;
      char bytes[9] = {0};
      do {
        struct buffer parts[2] = {{bytes, 3}, {bytes + 3, 5}};
        if (fd_read(0, parts, 2, &count) != 0) __builtin_trap();
        for (u32 i = 0; i < count; i++)
          if (bytes[i] >= 'a' && bytes[i] <= 'z') bytes[i] -= 32;
        struct buffer read = {bytes, count};
        u32 written;
        if (fd_write(1, &read, 1, &written) != 0) __builtin_trap();
        total += count;
      } while (count > 0);
      u64 before, after;
      if (clock_time_get(1, 1, &before) != 0 || clock_time_get(1, 1, &after) != 0 || after < before) __builtin_trap();
      if (random_get(bytes, 8) != 0) __builtin_trap();
      print(2, total > 99 ? "much" : "little");
      proc_exit(total % 100);
    }
    """
}
