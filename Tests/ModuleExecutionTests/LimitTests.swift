import InstructionSet
import ModuleExecution
import ProgramCompiler
import Testing
import WebAssembly

/// How deep calls, how many locals and how much memory there may be.
@Suite struct LimitTests {
  /// f(n) = n == 0 ? 0 : f(n − 1) + n, with some locals.
  private static let sum: [Operation] = [
    .localGet(0), .numeric(.i32Eqz), .if(.empty), .i32Const(0), .return, .end,
    .localGet(0), .localSet(1), .localGet(0), .i32Const(1), .numeric(.i32Sub), .call(0), .localGet(1),
    .numeric(.i32Add), .end,
  ]

  @Test func tenThousandFrames() throws {
    var sketch = ModuleSketch()
    sketch.addFunction("sum", [.i32], [.i32], locals: [.init(count: 10, type: .i32)], Self.sum)
    var instance = try sketch.instance()
    _ = try instance.instantiate()
    #expect(try instance.call("sum", [.i32(10_000)]) == .returned([.i32(50_005_000)]))
    #expect(try instance.call("sum", [.i32(1_000_000)]) == .trapped(.callStackExhausted))
    #expect(try instance.call("sum", [.i32(10_000)]) == .returned([.i32(50_005_000)]))
  }

  /// f(n) = n == 0 ? 0 : f(n − 1) + all local variables, each of which was n before the call.
  private static func sum(locals count: Int) -> [Operation] {
    let places = (1...count).map { LocalIndex($0) }
    var body: [Operation] = [.localGet(0), .numeric(.i32Eqz), .if(.empty), .i32Const(0), .return, .end]
    for place in places { body += [.localGet(0), .localSet(place)] }
    body += [.localGet(0), .i32Const(1), .numeric(.i32Sub), .call(0)]
    for place in places { body += [.localGet(place), .numeric(.i32Add)] }
    return body + [.end]
  }

  @Test(arguments: [12, 40, 100])
  func tenThousandFramesOfLiveLocals(_ count: Int) throws {
    var sketch = ModuleSketch()
    sketch.addFunction(
      "sum", [.i32], [.i32], locals: [.init(count: UInt32(count), type: .i32)], Self.sum(locals: count))
    var instance = try sketch.instance()
    _ = try instance.instantiate()
    #expect(try instance.call("sum", [.i32(10_000)]) == .returned([.i32(Int32(count) &* 50_005_000)]))
    #expect(try instance.call("sum", [.i32(100_000)]) == .trapped(.callStackExhausted))
    #expect(try instance.call("sum", [.i32(3)]) == .returned([.i32(Int32(count) * 6)]))
  }

  /// Frames of other functions between those with the most slots have room, too.
  @Test func tenThousandFramesOfTwoFunctions() throws {
    var sketch = ModuleSketch()
    sketch.addFunction(
      "sum", [.i32], [.i32], locals: [.init(count: 40, type: .i32)],
      Self.sum(locals: 40).map { $0 == .call(0) ? .call(1) : $0 })
    sketch.addFunction("between", [.i32], [.i32], [.localGet(0), .call(0), .i32Const(1), .numeric(.i32Add), .end])
    var instance = try sketch.instance()
    _ = try instance.instantiate()
    #expect(try instance.call("sum", [.i32(5000)]) == .returned([.i32(40 * 12_502_500 + 5000)]))
  }

  /// The greatest number that the binary format allows would take gigabytes to be counted out.
  @Test func tooManyLocalsAreRefused() throws {
    var sketch = ModuleSketch()
    sketch.addFunction("f", [], [], locals: [.init(count: .max, type: .i32)], [.end])
    let error = #expect(throws: ProgramCompilerError.self) { try FullProgramCompiler().compile(sketch.module) }
    #expect(error?.description.contains("a function needs 4294967295 local variables") == true)
  }

  /// The first and the last of them, and one in the middle, are written and read.
  @Test func fiftyThousandLocals() throws {
    var sketch = ModuleSketch()
    let places: [LocalIndex] = [1, 25_000, 50_000]
    let writes = places.flatMap { place -> [Operation] in
      [.localGet(0), .i32Const(Int32(place)), .numeric(.i32Add), .localSet(place)]
    }
    sketch.addFunction(
      "sum", [.i32], [.i32], locals: [.init(count: 50_000, type: .i32)],
      writes + [.localGet(1), .localGet(25_000), .numeric(.i32Add), .localGet(50_000), .numeric(.i32Add), .localGet(2)]
        + [.numeric(.i32Add), .end])
    var instance = try sketch.instance()
    _ = try instance.instantiate()
    for argument in [0, -7] as [Int32] {
      #expect(try instance.call("sum", [.i32(argument)]) == .returned([.i32(3 * argument + 75_001)]))
    }
  }

  @Test func fiftyThousandLocalsTwentyDeep() throws {
    var sketch = ModuleSketch()
    sketch.addFunction(
      "sum", [.i32], [.i32], locals: [.init(count: 49_999, type: .i32)],
      [
        .localGet(0), .numeric(.i32Eqz), .if(.empty), .i32Const(0), .return, .end,
        .localGet(0), .localSet(49_999), .localGet(0), .i32Const(1), .numeric(.i32Sub), .call(0), .localGet(49_999),
        .numeric(.i32Add), .localGet(25_000), .numeric(.i32Add), .end,
      ])
    var instance = try sketch.instance()
    _ = try instance.instantiate()
    #expect(try instance.call("sum", [.i32(20)]) == .returned([.i32(210)]))
    #expect(try instance.call("sum", [.i32(10_000)]) == .trapped(.callStackExhausted))
    #expect(try instance.call("sum", [.i32(2)]) == .returned([.i32(3)]))
  }

  @Test func memory() throws {
    var sketch = ModuleSketch()
    sketch.addMemory(1024)
    let byte = MemoryArgument(alignment: 0, offset: 0)
    sketch.addFunction("grow", [.i32], [.i32], [.localGet(0), .memoryGrow, .end])
    sketch.addFunction("size", [], [.i32], [.memorySize, .end])
    sketch.addFunction("store", [.i32], [], [.localGet(0), .i32Const(77), .store(.i32Store8, byte), .end])
    sketch.addFunction("load", [.i32], [.i32], [.localGet(0), .load(.i32Load8U, byte), .end])
    var instance = try sketch.instance()
    _ = try instance.instantiate()
    #expect(try instance.call("grow", [.i32(1)]) == .returned([.i32(-1)]))
    #expect(try instance.call("grow", [.i32(-1)]) == .returned([.i32(-1)]))
    #expect(try instance.call("grow", [.i32(0)]) == .returned([.i32(1024)]))
    #expect(try instance.call("size") == .returned([.i32(1024)]))
    #expect(try instance.call("store", [.i32(0x3ff_ffff)]) == .returned([]))
    #expect(try instance.call("load", [.i32(0x3ff_ffff)]) == .returned([.i32(77)]))
    #expect(try instance.call("load", [.i32(0x400_0000)]) == .trapped(.outOfBoundsMemoryAccess))

    var small = ModuleSketch()
    small.addMemory(1, maximum: 3)
    small.addFunction("grow", [.i32], [.i32], [.localGet(0), .memoryGrow, .end])
    var other = try small.instance()
    _ = try other.instantiate()
    #expect(try other.call("grow", [.i32(3)]) == .returned([.i32(-1)]))
    #expect(try other.call("grow", [.i32(2)]) == .returned([.i32(1)]))
    #expect(try other.call("grow", [.i32(1)]) == .returned([.i32(-1)]))
  }

  @Test func moreMemoryThanTheMachineReaches() {
    var sketch = ModuleSketch()
    sketch.addMemory(1025)
    #expect(throws: ProgramCompilerError.self) { try sketch.instance() }
  }
}
