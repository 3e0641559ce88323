import InstructionSet
import ProgramCompiler
import Testing
import WebAssembly

/// What a module costs to compile grows with its size, whatever it repeats; the counts are of work, since times differ.
struct LargeModuleTests {
  private static let callCount = 20_000
  private static let elementCount = 32_767

  /// The table is looked through once, not for each of the calls.
  @Test func functionsBehindTheTable() {
    let calls = Array(repeating: Operation.callIndirect(1), count: Self.callCount)
    let module = ModuleSketch.module([
      ModuleSketch.function(1, [.unreachable] + calls), ModuleSketch.function(1, []), ModuleSketch.function(1, []),
    ])
    let table = [FunctionIndex?](repeating: 2, count: Self.elementCount)
    let reachable = ReachableFunctions(in: module, from: [1], table: table + [nil])
    #expect(reachable.functions == [1, 2])
    #expect(reachable.mentionCount == 1 + Self.elementCount)
  }

  @Test func functionsThatNobodyCallsThroughTheTable() {
    let module = ModuleSketch.module([
      ModuleSketch.function(1, [.call(2)]), ModuleSketch.function(1, [.call(0)]),
      ModuleSketch.function(1, [.callIndirect(1)]),
    ])
    #expect(ReachableFunctions(in: module, from: [1], table: [3, 3]).functions == [1, 2])
    #expect(ReachableFunctions(in: module, from: [3], table: [1, nil]).functions == [1, 2, 3])
  }

  /// So many blocks around so many branches that leave them all.
  private static func branches(_ branch: [Operation], depth: Int, count: Int) -> [WebAssembly.Instruction] {
    let body =
      Array(repeating: Operation.block(.empty), count: depth) + Array(repeating: branch, count: count).joined()
      + Array(repeating: .end, count: depth) + [.localGet(3), .drop, .end]
    return body.map { WebAssembly.Instruction($0, offset: 0) }
  }

  /// A block notes once what is read where it is left to, and code behind a jump notes nothing.
  @Test func branchesOutOfManyBlocks() {
    let outermost = LabelIndex(7_999)
    let live = LiveLocals(
      in: Self.branches([.const(1), .brIf(outermost)], depth: 8_000, count: 40_000), count: 4_000)
    #expect(live.additionCount == 8_000)
    #expect(live.mayLeave(3, constructAt: 0) && live.mayLeave(3, constructAt: 7_999))
    #expect(!live.mayLeave(4, constructAt: 7_999))
    let unreachable = LiveLocals(
      in: Self.branches([.return, .br(outermost)], depth: 8_000, count: 40_000), count: 4_000)
    #expect(unreachable.additionCount == 0)
  }

  /// Branches out of inner blocks do not hide what branches out of outer ones reach: 3 is read behind the function's block only.
  @Test func branchesToSeveralBlocks() {
    let body: [Operation] = [
      .block(.empty), .block(.empty), .block(.empty), .const(1), .brIf(2), .end, .const(1), .brIf(1), .end,
      .unreachable, .br(0), .block(.empty), .br(1), .end, .end, .localGet(3), .drop, .end,
    ]
    let live = LiveLocals(in: body.map { WebAssembly.Instruction($0, offset: 0) }, count: 5)
    #expect(live.additionCount == 3)
    #expect([0, 1, 2].allSatisfy { live.mayLeave(3, constructAt: $0) })
    // Where 3 is written before it is read again, no block is left with it.
    let written = body.map { $0 == .localGet(3) ? .localSet(3) : $0 }
    let dead = LiveLocals(in: written.map { WebAssembly.Instruction($0, offset: 0) }, count: 5)
    #expect([0, 1, 2].allSatisfy { !dead.mayLeave(3, constructAt: $0) })
  }

  /// A value on two ways out of each of many blocks: 2 to the power of 200 ways, and one reference.
  @Test func valuesOnManyWays() throws {
    let depth = 200
    let ways: [Operation] = (0..<depth).flatMap { _ in [Operation.const(1), .brIf(0), .end] }
    let body = Array(repeating: Operation.block(.result(.i32)), count: depth) + [.localGet(0)] + ways + [.output]
    let program = try FullProgramCompiler().compile(ModuleSketch.module(locals: 1, body)).program
    #expect(program.instructions.count { $0.opcode == .localGet } == 1)
    #expect(program.instructions.count { $0.opcode == .copy } == 0)
    // A call's argument is bytes: the reference is followed by their copy, once.
    let module = ModuleSketch.module([
      ModuleSketch.function(1, locals: 1, body.dropLast() + [.call(2)]),
      ModuleSketch.function(0, []),
    ])
    let called = try FullProgramCompiler().compile(module).program
    #expect(called.instructions.count { $0.opcode == .copy } == 1)
  }

  /// A function with a frame keeps eight operands as variables, in all blocks together; those of blocks that were left do not
  /// count, nor those of the other arm of an `if`.
  @Test func variablesKeptInNestedBlocks() throws {
    let write: [Operation] = [.const(2), .const(3), .numeric(.i32Add), .localSet(0), .localGet(0), .output]
    func stores(_ body: [Operation]) throws -> Int {
      let call = ModuleSketch.function(1, locals: 1, body + [.call(2)])
      let program = try FullProgramCompiler().compile(ModuleSketch.module([call, ModuleSketch.function(1, [])])).program
      return program.instructions.count { $0.opcode == .localSet }
    }
    let nested = Array(repeating: [.block(.empty)] + write, count: 10).joined()
    #expect(try stores(nested + Array(repeating: .end, count: 10)) == 2)
    #expect(try stores(Array(Array(repeating: [.block(.empty)] + write + [.end], count: 20).joined())) == 0)
    let arms: [Operation] =
      [.const(1), .if(.empty)] + Array(repeating: write, count: 8).joined()
      + [.else] + Array(repeating: write, count: 9).joined() + [.end]
    #expect(try stores(arms) == 1)
    #expect(try stores([.block(.empty)] + write + arms + [.end]) == 3)
  }
}
