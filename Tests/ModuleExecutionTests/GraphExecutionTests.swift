import InstructionSet
import ModuleExecution
import ProgramCompiler
import Reference
import Testing
import WebAssembly

/// Calls and services on the machine's graph: token by token what the reference interpreter writes.
@Suite struct GraphExecutionTests {
  /// What an instance has shown of a sequence of calls.
  private static func events(
    _ instance: ModuleInstance, _ calls: [(name: Name, arguments: [WebAssemblyValue])]
  ) throws -> (tokens: [FullToken], outcomes: [ExecutionOutcome]) {
    var instance = instance
    var tokens: [FullToken] = []
    let observe = { (event: ExecutionEvent) in
      switch event {
      case .tokens(let written): tokens += written
      case .answer(let appended): tokens += appended
      case .output, .errorOutput, .printed: break
      }
    }
    var outcomes = [try instance.instantiate(limit: 10_000, observe)]
    for call in calls { outcomes.append(try instance.call(call.name, call.arguments, limit: 10_000, observe)) }
    return (tokens, outcomes)
  }

  private static func expectAgreement(
    _ sketch: ModuleSketch, _ calls: [(name: Name, arguments: [WebAssemblyValue])], host: HostEnvironment
  ) throws {
    let compiled = try FullProgramCompiler().compile(sketch.module)
    let expected = try events(
      ModuleInstance(compiled, on: FullReferenceInterpreter(compiled.program), host: host), calls)
    let found = try events(ModuleInstance(compiled, on: try GraphTrace(compiled.program), host: host), calls)
    let difference = zip(expected.tokens, found.tokens).enumerated().first { $1.0 != $1.1 }
    #expect(
      difference == nil,
      "token \(difference?.offset ?? 0): \(difference.map { "\($1.0.text), found \($1.1.text)" } ?? "")")
    #expect(expected.tokens.count == found.tokens.count)
    #expect(expected.outcomes == found.outcomes)
  }

  @Test func callsGlobalsAndTraps() throws {
    var sketch = ModuleSketch()
    sketch.addMemory(1)
    sketch.addGlobal(.i64, .i64Const(40), isMutable: true, exportedAs: "count")
    sketch.addFunction(
      "store", [.i32, .i32, .i32], [.i64, .i32],
      [
        .localGet(0), .localGet(1), .localGet(2), .numeric(.i32DivU),
        .store(.i32Store, MemoryArgument(alignment: 2, offset: 0)),
        .globalGet(0), .i64Const(1), .numeric(.i64Add), .globalSet(0), .globalGet(0), .localGet(0), .end,
      ])
    sketch.addFunction(
      "load", [.i32], [.i32], [.localGet(0), .load(.i32Load, MemoryArgument(alignment: 2, offset: 0)), .end])
    let store = { (address: Int32, dividend: Int32, divisor: Int32) -> (Name, [WebAssemblyValue]) in
      ("store", [.i32(address), .i32(dividend), .i32(divisor)])
    }
    let load = { (address: Int32) -> (Name, [WebAssemblyValue]) in ("load", [.i32(address)]) }
    try Self.expectAgreement(
      sketch,
      [
        store(0, -1, 1), store(4, 9, 3), store(0, 5, 0), load(0), load(4), load(65_533), load(0), store(65_533, 1, 1),
        load(65_532), store(65_532, -2, 1), load(65_532),
      ], host: HostEnvironment())
  }

  /// Routines, and the traps that they end in, on operands that take all their ways: a root that is inexact, a subnormal quotient, a
  /// tie, an infinity less another.
  @Test func floats() throws {
    var sketch = ModuleSketch()
    let binary: [(Name, NumericOperator)] = [
      ("add", .f64Add), ("mul", .f64Mul), ("div", .f64Div), ("copysign", .f64Copysign),
    ]
    for (name, operation) in binary {
      sketch.addFunction(name, [.f64, .f64], [.f64], [.localGet(0), .localGet(1), .numeric(operation), .end])
    }
    sketch.addFunction("lt", [.f64, .f64], [.i32], [.localGet(0), .localGet(1), .numeric(.f64Lt), .end])
    sketch.addFunction("sqrt", [.f32], [.f32], [.localGet(0), .numeric(.f32Sqrt), .end])
    sketch.addFunction("truncate", [.f32], [.i64], [.localGet(0), .numeric(.i64TruncF32S), .end])
    sketch.addFunction("divide", [.i64, .i64], [.i64], [.localGet(0), .localGet(1), .numeric(.i64DivS), .end])
    try Self.expectAgreement(
      sketch,
      [
        ("add", [.f64(0.1), .f64(0.2)]), ("add", [.f64(.infinity), .f64(-.infinity)]),
        ("add", [.f64(1), .f64(0x1p-53)]), ("mul", [.f64(-1.1), .f64(1.3)]), ("mul", [.f64(0x1p-1060), .f64(-3)]),
        ("div", [.f64(1), .f64(3)]), ("div", [.f64(0x1.8p-1022), .f64(7)]), ("copysign", [.f64(.nan), .f64(-0.0)]),
        ("lt", [.f64(-0.0), .f64(0)]), ("lt", [.f64(-2), .f64(-1)]), ("sqrt", [.f32(2)]), ("truncate", [.f32(-3e9)]),
        ("truncate", [.f32(.nan)]), ("truncate", [.f32(1e30)]), ("divide", [.i64(-.max), .i64(0x1_2345_6789)]),
      ], host: HostEnvironment())
  }

  @Test func services() throws {
    var sketch = ModuleSketch()
    sketch.addImport("wasi_snapshot_preview1", "fd_read", [.i32, .i32, .i32, .i32], [.i32])
    sketch.addImport("wasi_snapshot_preview1", "fd_write", [.i32, .i32, .i32, .i32], [.i32])
    sketch.addImport("wasi_snapshot_preview1", "args_get", [.i32, .i32], [.i32])
    sketch.addImport("wasi_snapshot_preview1", "clock_time_get", [.i32, .i64, .i32], [.i32])
    sketch.addImport("wasi_snapshot_preview1", "proc_exit", [.i32], [])
    sketch.addImport("spectest", "print_f64_f64", [.f64, .f64], [])
    sketch.exportImports()
    sketch.addMemory(1)
    sketch.addData(16, [0, 2, 0, 0, 3, 0, 0, 0, 3, 2, 0, 0, 9, 0, 0, 0])
    sketch.addFunction(
      "load", [.i32], [.i64], [.localGet(0), .load(.i64Load, MemoryArgument(alignment: 0, offset: 0)), .end])
    let buffers: [WebAssemblyValue] = [.i32(16), .i32(2), .i32(8)]
    try Self.expectAgreement(
      sketch,
      [
        ("fd_write", [.i32(2)] + buffers), ("fd_read", [.i32(0)] + buffers), ("load", [.i32(8)]),
        ("load", [.i32(0x200)]),
        ("fd_write", [.i32(1)] + buffers), ("fd_read", [.i32(0)] + buffers), ("load", [.i32(8)]),
        ("args_get", [.i32(0x300), .i32(0x200)]), ("load", [.i32(0x300)]), ("load", [.i32(0x201)]),
        ("clock_time_get", [.i32(0), .i64(1), .i32(0x200)]), ("load", [.i32(0x200)]),
        ("proc_exit", [.i32(3)]), ("print_f64_f64", [.f64(1.5), .f64(-0.0)]), ("load", [.i32(0x208)]),
      ],
      host: HostEnvironment(arguments: ["tvm", "x"], input: .bytes(Array("Hello".utf8)), clock: .counting(from: .max)))
  }
}
