import InstructionSet
import ProgramCompiler
import Testing
import WebAssembly

/// Masks are left out where a variable is known to be small, and only there.
struct BoundsTests {
  private func run(_ body: [Operation], locals: Int = 1) throws -> (output: [UInt8], program: Program) {
    let program = try ProgramCompiler().compile(ModuleSketch.module(locals: locals, body))
    var machine = FastMachine(memoryBytes: 1 << 17)
    #expect(machine.run(program) == .halted)
    return (machine.output, program)
  }

  /// A mask that the output does not make idle: the masked number selects what is printed.
  private static let printParity: [Operation] = [
    .const(UInt32(UInt8(ascii: "1"))), .const(UInt32(UInt8(ascii: "0"))),
    .localGet(0), .const(1), .numeric(.i32And), .select, .output,
  ]

  @Test func aTruthValueNeedsNoMask() throws {
    let setTruth: [Operation] = [.const(0), .load(0), .const(3), .numeric(.i32LtU), .localSet(0)]
    let setAny: [Operation] = [.const(0), .load(0), .const(3), .numeric(.i32Add), .localSet(0)]
    let short = try run(setTruth + Self.printParity).program.instructions.count
    let long = try run(setAny + Self.printParity).program.instructions.count
    #expect(short < long)
    #expect(try run(setTruth + Self.printParity).output == Array("1".utf8))
    #expect(try run(setAny + Self.printParity).output == Array("1".utf8))
  }

  /// The variable is zero when the loop is entered, and grows in it.
  @Test func aLoopOutgrowsWhatItIsEnteredWith() throws {
    let body: [Operation] =
      [.loop(.empty)] + Self.printParity
      + [.localGet(0), .const(1), .numeric(.i32Add), .localTee(0), .const(5), .numeric(.i32LtU), .brIf(0), .end]
    #expect(try run(body).output == Array("01010".utf8))
  }

  /// Two nested loops, each growing a variable that the other one reads.
  @Test func nestedLoops() throws {
    let body: [Operation] =
      [.loop(.empty), .loop(.empty)] + Self.printParity
      + [.localGet(1), .localSet(0), .localGet(1), .const(1), .numeric(.i32Add), .localTee(1)]
      + [.const(3), .numeric(.i32LtU), .brIf(0), .end]
      + [.localGet(1), .const(7), .numeric(.i32LtU), .brIf(0), .end]
    #expect(try run(body, locals: 2).output == Array("0010101".utf8))
  }

  @Test func bothBranchesOfAnIfCount() throws {
    let body: [Operation] =
      [.const(1), .localSet(0), .const(0), .load(0), .numeric(.i32Eqz), .if(.empty), .const(2), .localSet(0), .end]
      + Self.printParity
    #expect(try run(body).output == Array("0".utf8))
  }
}
