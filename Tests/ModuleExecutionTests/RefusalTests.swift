import InstructionSet
import ModuleExecution
import ProgramCompiler
import Testing
import WebAssembly

/// What the machine cannot execute is refused by a line that names what and where.
@Suite struct RefusalTests {
  @Test(
    arguments: [
      ([.i32Const(0), .i32Const(0), .i32Const(0), .memoryInit(0)], "memory.init"),
      ([.dataDrop(0)], "data.drop"), ([.i32Const(0), .i32Const(0), .i32Const(0), .tableCopy], "table.copy"),
    ] as [([Operation], String)])
  func instructions(_ body: [Operation], _ name: String) throws {
    var sketch = ModuleSketch()
    sketch.addMemory(1)
    sketch.addFunction("f", [], [], body + [.end])
    let error = #expect(throws: ProgramCompilerError.self) { try sketch.instance() }
    #expect(error?.description == "\(name) is not supported by the full profile, in function 0 at byte 0 (0x0)")
  }

  @Test func programsThatAreTooLong() throws {
    var sketch = ModuleSketch()
    sketch.addFunction("f", [], [], Array(repeating: [.i32Const(1), .drop], count: 40_000).flatMap(\.self) + [.end])
    let error = #expect(throws: ProgramCompilerError.self) { try sketch.instance() }
    guard case .unsupported(_, by: .full) = error?.kind else {
      Issue.record("\(error.map { "\($0)" } ?? "nothing")")
      return
    }
  }

  /// A machine that writes what no program does.
  @Test func unheardOfServices() throws {
    for tokens in [
      [.event(.host(63))], [.event(.host(0))], [.event(.halt)], [.last(1, .push(.word, 0)), .event(.host(0))],
      [.event(.local), .byte(0), .last(0, .push(.word, 0)), .event(.pop(1)), .event(.host(2))],
    ] as [[FullToken]] {
      var sketch = ModuleSketch()
      sketch.addFunction("f", [], [.i32], [.i32Const(1), .end])
      let compiled = try FullProgramCompiler().compile(sketch.module)
      var instance = ModuleInstance(compiled, on: ScriptedMachine(written: [[.event(.halt)], tokens]))
      #expect(try instance.instantiate() == .returned([]))
      let error = #expect(throws: ExecutionError.self) { try instance.call("f") }
      guard case .unexpectedTrace = error?.kind else {
        Issue.record("\(error.map { "\($0)" } ?? "nothing")")
        continue
      }
    }
  }
}

/// A machine that writes what it is told.
private struct ScriptedMachine: TraceMachine {
  var written: [[FullToken]]

  mutating func read(_ tokens: [FullToken]) {}

  mutating func write(limit: Int, _ observe: (ArraySlice<FullToken>) -> Void) -> FullPause? {
    guard !written.isEmpty else { return nil }
    let tokens = written.removeFirst()
    observe(tokens[...])
    return tokens.last?.pause
  }
}
