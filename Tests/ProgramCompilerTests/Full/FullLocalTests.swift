import InstructionSet
import ProgramCompiler
import TestSupport
import Testing
import WebAssembly

/// Local variables of the full profile, which are operands where nothing but their construct reads them.
@Suite struct FullLocalTests {
  private static func module(_ body: [WebAssembly.Operation], results: Int) -> Module {
    var module = Module()
    module.types = [
      FunctionType(parameters: [], results: Array(repeating: .i32, count: results)),
      FunctionType(parameters: [], results: []),
    ]
    module.functions = [
      ModuleSketch.function(0, locals: RandomLocals.localCount, body), ModuleSketch.function(1, []),
    ]
    module.exports = [Export(name: "calculate", kind: .function(0), offset: 0)]
    return module
  }

  /// Nested constructs that leave each other, with the variables they read and write; every other function calls another one.
  @Test func randomFunctions() throws {
    for seed in 1...(LongTests.areWanted ? 20_000 : 400) as ClosedRange<UInt64> {
      var random = RandomLocals(seed: seed)
      let statements = random.statements(depth: 4)
      let variables = (0..<RandomLocals.variableCount).map { WebAssembly.Operation.localGet(LocalIndex($0)) }
      let call: [WebAssembly.Operation] = seed % 2 == 0 ? [.call(1)] : []
      let module = Self.module(RandomLocals.code(statements) + call + variables, results: variables.count)
      var locals = Array(repeating: UInt32(0), count: RandomLocals.localCount)
      _ = RandomLocals.run(statements, &locals)
      let found = try FullCalculator.call("calculate", of: module)
      guard found == locals.prefix(variables.count).map({ UInt64($0) }) else {
        Issue.record("seed \(seed): expected \(locals), found \(found)")
        return
      }
    }
  }

  /// What no one reads behind the block is not written a second time, and what someone does is.
  @Test(arguments: [(false, 0), (true, 1)])
  func writesOfVariables(_ isReadBehind: Bool, _ expected: Int) throws {
    let body: [WebAssembly.Operation] = [
      .block(.empty), .const(2), .const(3), .numeric(.i32Add), .localSet(0),
      .localGet(0), .localGet(0), .numeric(.i32Mul), .output, .end, .localGet(isReadBehind ? 0 : 1), .output,
    ]
    let program = try FullProgramCompiler().compile(ModuleSketch.module(locals: 2, body)).program
    #expect(program.instructions.count { $0.opcode == .localSet } == expected)
  }
}
