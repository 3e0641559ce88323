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

  /// A start function whose instruction i stands at byte 1000 + i, of a module that exports nothing.
  private static func program(_ count: Int) -> Module {
    var sketch = ModuleSketch()
    let pair: [Operation] = [.i32Const(1), .drop]
    sketch.addFunction("f", [], [], Array(repeating: pair, count: count / 2).flatMap(\.self) + [.end])
    sketch.setStart(0)
    var module = sketch.module
    module.exports = []
    for index in module.functions[0].body.indices { module.functions[0].body[index].offset = 1000 + index }
    return module
  }

  /// The error names the instruction at which the limit was passed: what comes before it fits.
  @Test func programsThatAreTooLong() throws {
    let error = try #require(ModuleSketch.refusal(of: Self.program(80_000)))
    let place = try #require(error.offset) - 1000
    #expect(
      error.description
        == "a program of more than 65536 instructions is not supported by the full profile, in function 0 at byte "
        + "\(1000 + place) (0x\(String(1000 + place, radix: 16)))")
    #expect((65_000..<65_536).contains(place))
    // The end of the function takes some instructions, too.
    #expect(ModuleSketch.refusal(of: Self.program(place - 8)) == nil)
    #expect(ModuleSketch.refusal(of: Self.program(place + 2)) != nil)
    var named = Self.program(80_000)
    // The names of functions, in seven bytes: one, of function 0, in four bytes.
    named.customSections = [CustomSection(name: "name", contents: [1, 7, 1, 0, 4] + Array("long".utf8), offset: 0)]
    #expect(ModuleSketch.refusal(of: named)?.function == "'long'")
  }

  /// Copies that are asked for later count, too, so that nothing is found out when it is too late to say where.
  @Test func programsThatAreTooLongByCopies() throws {
    var sketch = ModuleSketch()
    sketch.addFunction("g", [.i32], [], [.end])
    sketch.addFunction(
      "f", [.i32], [], Array(repeating: [.localGet(0), .call(0)], count: 20_000).flatMap(\.self) + [.end])
    let error = try #require(ModuleSketch.refusal(of: sketch.module))
    #expect(error.function == "1" && error.offset != nil && error.description.contains("more than 65536"))
  }

  /// What the host calls is code, too.
  @Test func programsOfTooManyExports() throws {
    var sketch = ModuleSketch()
    sketch.addFunction("f", [.i32], [.i32], [.localGet(0), .end])
    var module = sketch.module
    module.exports = (0..<20_000).map { Export(name: Name("f\($0)"), kind: .function(0), offset: 5000 + $0) }
    let error = try #require(ModuleSketch.refusal(of: module))
    let place = try #require(error.offset) - 5000
    module.exports = Array(module.exports[..<place])
    #expect(ModuleSketch.refusal(of: module) == nil)
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
