import InstructionSet
import ProgramCompiler
import Testing
import WebAssembly

/// Values of 64 bits arrive where they are moved to, whichever way they take.
struct DoubleWordTests {
  private static let value: UInt64 = 0x8877_6655_4433_2211
  private static let other: UInt64 = 0xfedc_ba98_7654_3210
  private static let (first, second, result): (UInt32, UInt32, UInt32) = (64, 72, 128)

  /// Runs a body with i64 variables 0 to 2 and an i32 variable 3, in a memory that holds two values.
  private func run(_ body: [Operation]) throws -> FastMachine {
    var function = ModuleSketch.function(1, locals: 3, of: .i64, body)
    function.locals.append(Function.LocalRun(count: 1, type: .i32))
    let program = try ProgramCompiler().compile(ModuleSketch.module([function]))
    var machine = FastMachine(memoryBytes: 1 << 17)
    Self.put(Self.value, at: Self.first, in: &machine)
    Self.put(Self.other, at: Self.second, in: &machine)
    #expect(machine.run(program) == .halted)
    return machine
  }

  private static func put(_ value: UInt64, at address: UInt32, in machine: inout FastMachine) {
    machine.store(UInt32(truncatingIfNeeded: value), at: Int(address), byteCount: 4)
    machine.store(UInt32(truncatingIfNeeded: value >> 32), at: Int(address) + 4, byteCount: 4)
  }

  private func value(at address: UInt32, _ machine: FastMachine) -> UInt64 {
    UInt64(machine.load(Int(address), byteCount: 4)) | UInt64(machine.load(Int(address) + 4, byteCount: 4)) << 32
  }

  private static let loadFirst: [Operation] = [.const(first), .i64Load(0)]
  private static let loadSecond: [Operation] = [.const(60), .i64Load(second - 60)]
  private static let constant = Operation.i64Const(Int64(bitPattern: other))

  /// Ways to push a value, and what they push.
  private static let sources: [([Operation], UInt64)] = [
    (loadFirst, value), (loadSecond, other), ([constant], other),
    (loadFirst + [.localSet(1)] + loadSecond + [.drop, .localGet(1)], value),
    (loadFirst + [.localTee(2), .drop, .localGet(2)], value),
    ([.localGet(0)], 0),
    (loadFirst + loadSecond + [.const(1), .select], value),
    (loadFirst + loadSecond + [.const(0), .select], other),
    ([constant] + loadFirst + [.localTee(1), .localGet(3), .select], value),
    (loadFirst + [.block(.empty), constant, .br(0), .end], value),
    (loadFirst + [.const(0), .if(.empty), constant, .drop, .else, .const(5), .drop, .end], value),
    (loadFirst + [.block(.result(.i32)), constant, .const(9), .br(0), .end, .drop], value),
    (loadFirst + [.const(32), .drop, .i64Const(32), .numeric(.i64ShrU)], value >> 32),
    (loadFirst + [.localSet(1), .localGet(1), .i64Const(32), .numeric(.i64Shl)], value << 32),
    (loadFirst + [.numeric(.i32WrapI64), .numeric(.i64ExtendI32U)], value & 0xffff_ffff),
  ]

  @Test(arguments: sources.indices)
  func aValueIsStored(source: Int) throws {
    let (push, expected) = Self.sources[source]
    for offset in [0, 4] as [UInt32] {
      let machine = try run([.const(Self.result - offset)] + push + [.i64Store(offset)])
      #expect(value(at: Self.result, machine) == expected)
      #expect(value(at: Self.first, machine) == Self.value && value(at: Self.second, machine) == Self.other)
    }
  }

  @Test(arguments: sources.indices)
  func bothWordsCanBeTaken(source: Int) throws {
    let (push, expected) = Self.sources[source]
    let machine = try run(
      [.const(Self.result)] + push + [.i64Const(32), .numeric(.i64ShrU), .numeric(.i32WrapI64), .store(4)]
        + [.const(Self.result)] + push + [.numeric(.i32WrapI64), .store(0)])
    #expect(value(at: Self.result, machine) == expected)
  }

  /// The places overlap, in both directions and by every distance, by pair and through a variable.
  @Test(arguments: 56..<UInt32(73))
  func overlappingPlaces(target: UInt32) throws {
    for store in [[Operation.i64Store(0)], [.localSet(0), .localGet(0), .i64Store(0)]] {
      let machine = try run([.const(target)] + Self.loadFirst + store)
      #expect(value(at: target, machine) == Self.value)
    }
  }

  /// A variable that holds an address is one of those that a value's words are next to.
  @Test func addressesInVariables() throws {
    let machine = try run(
      [.const(Self.first), .localTee(3), .localGet(3), .i64Load(8), .localGet(3), .i64Load(0), .localSet(0)]
        + [.i64Store(0), .localGet(3), .localGet(0), .i64Store(8)])
    #expect(value(at: Self.first, machine) == Self.other && value(at: Self.second, machine) == Self.value)
  }
}
