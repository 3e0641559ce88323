import InstructionSet
import ProgramCompiler
import Testing
import WebAssembly

/// The instruction tables of small modules, instruction by instruction.
struct ProgramShapeTests {
  private func lines(_ module: Module) throws -> [String] {
    try ProgramCompiler().compile(module).instructions.map {
      $0.opcode.description.immediate == .none
        ? $0.opcode.rawValue : "\($0.opcode.rawValue) \(Int32(bitPattern: $0.immediate))"
    }
  }

  private func output(_ module: Module, input: [UInt8] = []) throws -> [UInt8] {
    var machine = FastMachine(memoryBytes: 1 << 17)
    #expect(machine.run(try ProgramCompiler().compile(module, input: input)) == .halted)
    return machine.output
  }

  private static func constant(_ value: UInt32) -> [WebAssembly.Instruction] {
    [.const(value), .end].map { WebAssembly.Instruction($0, offset: 0) }
  }

  @Test func callsAndReturns() throws {
    let successor = ModuleSketch.function(2, [.localGet(0), .const(1), .numeric(.i32Add)])
    let entry = ModuleSketch.function(1, [.const(64), .call(2), .output])
    let module = ModuleSketch.module(
      types: [FunctionType(parameters: [.i32], results: [.i32])], [entry, successor])
    #expect(
      try lines(module) == [
        "i32.const 64", "call 2", "output", "halt",
        // The argument, then a return that is four instructions into the function.
        "local.tee 0", "i32.const 1", "i32.add", "return -4",
      ])
    #expect(try output(module) == [65])
  }

  @Test func theInputComesFirstAndLiesBehindTheMemory() throws {
    let entry = ModuleSketch.function(
      1, [.localGet(0), .load(.i32Load8U, MemoryArgument(alignment: 0, offset: 1)), .output])
    let module = ModuleSketch.module([entry], entryTakesInput: true)
    let program = try ProgramCompiler().compile(module, input: Array("abc".utf8))
    #expect(program.input == Array("abc".utf8))
    #expect(program.instructions[0].opcode == .inputBase)
    #expect(program.instructions[0].immediate >= 65_536)
    #expect(program.instructions[1] == InstructionSet.Instruction(.const, program.instructions[0].immediate))
    #expect(try output(module, input: Array("abc".utf8)) == Array("b".utf8))
    #expect(try ProgramCompiler().compile(ModuleSketch.module([])).input == nil)
  }

  @Test func ifBecomesOneBranch() throws {
    let body: [Operation] = [
      .const(0), .load(0), .const(5), .numeric(.i32LtS), .if(.empty), .const(65), .output, .end,
    ]
    #expect(
      try lines(ModuleSketch.module(body)) == [
        "i32.const 0", "i32.load 0", "i32.const 5", "i32.ge_s", "br_if 2", "i32.const 65", "output", "halt",
      ])
  }

  @Test func onlyVariablesThatAreReadEarlyAreZeroed() throws {
    let body: [Operation] = [
      .const(1), .localSet(0), .localGet(0), .output, .localGet(1), .output,
      .const(0), .load(0), .if(.empty), .const(2), .localSet(2), .end, .localGet(2), .output,
    ]
    let lines = try lines(ModuleSketch.module(locals: 3, body))
    #expect(
      lines.prefix(6) == ["i32.const 0", "local.set 1", "i32.const 0", "local.set 2", "i32.const 1", "local.tee 0"])
  }

  @Test func theEntryMayBeCalledToo() throws {
    // compute(n) prints n and calls itself with the next smaller number.
    let body: [Operation] = [
      .localGet(0), .output, .const(0), .load(0), .const(3), .numeric(.i32Eq), .if(.empty), .return, .end,
      .const(0), .const(0), .load(0), .const(1), .numeric(.i32Add), .store(0), .const(7), .call(1), .const(8), .output,
    ]
    let module = ModuleSketch.module([ModuleSketch.function(1, body)], entryTakesInput: true)
    let output = try output(module)
    #expect(Array(output.dropFirst()) == [7, 7, 7, 8, 8, 8])
  }

  @Test func instantiation() throws {
    let load = LoadOperator.i32Load8U
    let show: [Operation] = (0..<6).flatMap { index -> [Operation] in
      [.const(1000), .load(load, MemoryArgument(alignment: 0, offset: index)), .output]
    }
    let entry = ModuleSketch.function(1, show + [.globalGet(0), .output, .globalGet(1), .output, .memorySize, .output])
    let start = ModuleSketch.function(
      1, [.const(1005), .const(9), .store(.i32Store8, MemoryArgument(alignment: 0, offset: 0))])
    var module = ModuleSketch.module([entry, start], pages: 1)
    module.start = Start(function: 2, offset: 0)
    module.globals = [
      Global(type: GlobalType(value: .i32, isMutable: true), initialValue: Self.constant(33), offset: 0),
      Global(type: GlobalType(value: .i32, isMutable: false), initialValue: Self.constant(44), offset: 0),
      Global(type: GlobalType(value: .i32, isMutable: false), initialValue: Self.constant(1000), offset: 0),
    ]
    let second = [Operation.globalGet(2), .end].map { WebAssembly.Instruction($0, offset: 0) }
    module.data = [
      DataSegment(mode: .active(memory: 0, offset: Self.constant(999)), bytes: [1, 2, 3, 0, 4, 5], offset: 0),
      DataSegment(mode: .active(memory: 0, offset: second), bytes: [6, 0], offset: 0),
      DataSegment(mode: .passive, bytes: [7, 7], offset: 0),
    ]
    #expect(try output(module) == [6, 0, 0, 4, 5, 9, 33, 44, 1])
    // Bytes 999 to 1002 and 1003 to 1006 are one word each, zeros left out; the global is another.
    #expect(try lines(module).prefix { $0 != "call" }.count(where: { $0.hasPrefix("i32.store") }) == 4)
  }

  /// The table of the logical operations is there only for programs that use it.
  @Test func theTableIsPaidForByThoseWhoUseIt() throws {
    let operands: [Operation] = [.const(0), .load(0), .const(0), .load(4)]
    let sum = try lines(ModuleSketch.module(operands + [.numeric(.i32Add), .output])).count
    let product = try lines(ModuleSketch.module(operands + [.numeric(.i32Mul), .output])).count
    let conjunction = try lines(ModuleSketch.module(operands + [.numeric(.i32And), .output])).count
    #expect(sum == 7)
    #expect(product < 150)
    #expect(conjunction > 250)
  }
}
