import InstructionSet
import ProgramCompiler
import Testing
import WebAssembly

/// How long programs of the base profile become, and how long they may.
struct BaseProgramSizeTests {
  /// A module whose entry calls through a table, of which it is said which functions it holds; 1 and 2 take and give nothing, 3 takes
  /// an i32.
  private static func module(_ table: [FunctionIndex?], calls: Int = 1) -> Module {
    let call: [Operation] = [.const(0), .load(0), .callIndirect(1)]
    let calls = Array(repeating: call, count: calls).joined()
    var module = ModuleSketch.module([
      ModuleSketch.function(1, Array(calls), offset: 100), ModuleSketch.function(1, []),
      ModuleSketch.function(0, [.localGet(0), .output]),
    ])
    module.tables = [TableType(limits: Limits(minimum: UInt32(table.count)), offset: 0)]
    module.elements = [
      ElementSegment(
        mode: .active(table: 0, offset: [.const(0), .end].map { WebAssembly.Instruction($0, offset: 0) }),
        references: table, offset: 9)
    ]
    return module
  }

  private func count(_ module: Module) throws -> Int {
    try ProgramCompiler().compile(module).instructions.count
  }

  /// Elements that a call finds the same behind are one arm: equal functions, and all that it does not find.
  @Test func equalElementsAreOneArm() throws {
    let one = try count(Self.module([2]))
    #expect(try count(Self.module(Array(repeating: 2, count: 10_000))) == one)
    #expect(try count(Self.module([2, 2, nil, 3, nil, 3, 3])) == one)
    let inside = try count(Self.module([nil, 2, nil]))
    #expect(inside > one)
    #expect(try count(Self.module([3, nil, 3, 2, 2, 2, 3, nil])) == inside)
    #expect(try count(Self.module([2, 1])) > inside)
    #expect(try count(Self.module([3, nil, 3])) < one)
    let many = Self.module(Array(repeating: 2, count: 10_000), calls: 300)
    #expect(try count(many) < 300 * 12)
  }

  /// The limit is met while the code is made, not when all of it is there.
  @Test func longPrograms() throws {
    let alternating = (0..<10_000).map { FunctionIndex(1 + $0 % 2) }
    let module = Self.module(alternating, calls: 300)
    let expected =
      "a program of more than 100000 instructions is not supported by the base profile, in function 1 at byte 10"
    #expect(message(module, limit: 100_000).hasPrefix(expected))
    // Nothing is joined here: the program is as long as it was emitted.
    let small = ModuleSketch.module([
      ModuleSketch.function(1, [.const(1), .output, .call(2)]), ModuleSketch.function(1, [.const(2), .output]),
    ])
    let count = try count(small)
    #expect(message(small, limit: count) == "no error")
    #expect(
      message(small, limit: count - 1)
        == "a program of more than \(count - 1) instructions is not supported by the base profile, in function 2"
        + " at byte 2 (0x2)")
  }

  /// A prompt of five tokens for each instruction, and two brackets, at positions below 2²⁶.
  @Test func theLimitIsWhatAMachineReads() {
    #expect(5 * Program.greatestCount + 2 <= 1 << 26)
    #expect(5 * (Program.greatestCount + 1) + 2 > 1 << 26)
  }

  private func message(_ module: Module, limit: Int) -> String {
    do {
      _ = try ProgramCompiler().compile(module, instructionLimit: limit)
      return "no error"
    } catch {
      return error.description
    }
  }
}
