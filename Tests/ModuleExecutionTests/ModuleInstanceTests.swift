import InstructionSet
import ModuleExecution
import ProgramCompiler
import Reference
import Testing
import WebAssembly

/// Calls of exported functions, one after another in one trace.
@Suite struct ModuleInstanceTests {

  @Test func callsFollowEachOther() throws {
    var sketch = ModuleSketch()
    sketch.addGlobal(.i64, .i64Const(40), isMutable: true, exportedAs: "count")
    sketch.addFunction(
      "add", [.i32, .i32], [.i32], [.localGet(0), .localGet(1), .numeric(.i32Add), .end])
    sketch.addFunction(
      "next", [], [.i64],
      [.globalGet(0), .i64Const(1), .numeric(.i64Add), .globalSet(0), .globalGet(0), .end])
    var instance = try sketch.instance()
    #expect(try instance.instantiate() == .returned([]))
    #expect(try instance.call("add", [.i32(2), .i32(-3)]) == .returned([.i32(-1)]))
    #expect(try instance.call("next") == .returned([.i64(41)]))
    #expect(try instance.value(ofGlobal: "count") == .i64(41))
    #expect(try instance.call("next") == .returned([.i64(42)]))
    #expect(try instance.value(ofGlobal: "count") == .i64(42))
    #expect(instance.stackDepth == instance.module.slotCount)
  }

  /// More results than arguments, of all types, in their order.
  @Test func manyResults() throws {
    var sketch = ModuleSketch()
    let values: [WebAssemblyValue] = [.i32(-7), .i64(1 << 40), .f32(-0.0), .f64(bitPattern: 0x7ff4_0000_0000_0001)]
    sketch.addFunction(
      "rotate", values.map(\.type), values.map(\.type) + [.i32],
      [.localGet(0), .localGet(1), .localGet(2), .localGet(3), .i32Const(9), .end])
    sketch.addFunction("none", values.map(\.type), [], [.end])
    sketch.addFunction(
      "many", [], Array(repeating: .i32, count: 150), (0..<150).map { .i32Const($0) } + [.end])
    var instance = try sketch.instance()
    _ = try instance.instantiate()
    #expect(try instance.call("rotate", values) == .returned(values + [.i32(9)]))
    #expect(try instance.call("none", values) == .returned([]))
    #expect(try instance.call("many") == .returned((0..<150).map { .i32($0) }))
  }

  /// A trap deep in calls leaves slots behind, which the next call removes.
  @Test func callsBehindTraps() throws {
    var sketch = ModuleSketch()
    sketch.addMemory(1)
    sketch.addFunction("endless", [.i32], [.i32], [.localGet(0), .call(0), .end])
    sketch.addFunction(
      "divide", [.i32, .i32], [],
      [
        .i32Const(8), .i32Const(16), .localGet(0), .localGet(1), .numeric(.i32DivU),
        .store(.i32Store, MemoryArgument(alignment: 2, offset: 0)), .drop, .end,
      ])
    sketch.addFunction(
      "load", [.i32], [.i32], [.localGet(0), .load(.i32Load, MemoryArgument(alignment: 2, offset: 0)), .end])
    var instance = try sketch.instance()
    _ = try instance.instantiate()
    #expect(try instance.call("endless", [.i32(0)]) == .trapped(.callStackExhausted))
    #expect(instance.stackDepth > 100_000)
    #expect(try instance.call("divide", [.i32(700), .i32(100)]) == .returned([]))
    #expect(instance.stackDepth == instance.module.slotCount)
    for _ in 0..<3 {
      #expect(try instance.call("divide", [.i32(1), .i32(0)]) == .trapped(.integerDivideByZero))
      #expect(try instance.call("load", [.i32(16)]) == .returned([.i32(7)]))
      #expect(try instance.call("load", [.i32(-1)]) == .trapped(.outOfBoundsMemoryAccess))
    }
  }

  @Test func limits() throws {
    var sketch = ModuleSketch()
    sketch.addFunction("seven", [], [.i32], [.i32Const(7), .end])
    sketch.addFunction("endless", [], [], [.loop(.empty), .br(0), .end, .end])
    var instance = try sketch.instance()
    #expect(throws: ExecutionError.self) { try instance.call("seven") }
    #expect(throws: ExecutionError.self) { try instance.resume() }
    var outcome = try instance.instantiate(limit: 0)
    while outcome == .stoppedAtLimit { outcome = try instance.resume(limit: 1) }
    #expect(outcome == .returned([]))
    outcome = try instance.call("seven", limit: 1)
    while outcome == .stoppedAtLimit { outcome = try instance.resume(limit: 1) }
    #expect(outcome == .returned([.i32(7)]))
    let before = instance.tokenCount
    #expect(try instance.call("endless", limit: 10_000) == .stoppedAtLimit)
    #expect(instance.tokenCount >= before + 10_000)
    #expect(throws: ExecutionError.self) { try instance.call("seven") }
  }

  @Test func whatThereIsNot() throws {
    var sketch = ModuleSketch()
    sketch.addFunction("f", [.i32], [], [.end])
    var instance = try sketch.instance()
    _ = try instance.instantiate()
    #expect(kind { try instance.call("g") } == .noSuchFunction("g"))
    #expect(kind { try instance.value(ofGlobal: "f") } == .noSuchGlobal("f"))
    #expect(kind { try instance.call("f") } == .wrongArguments("f", expected: [.i32], found: []))
    #expect(kind { try instance.call("f", [.i64(0)]) } == .wrongArguments("f", expected: [.i32], found: [.i64]))
    #expect(kind { try instance.resume() } == .nothingToResume)
    #expect(kind { try instance.instantiate() } == .unfinished)
    #expect(try instance.call("f", [.i32(0)]) == .returned([]))
  }

  /// What the observer sees is the whole trace, and replaying it gives the same results.
  @Test func theObserverSeesEveryToken() throws {
    var sketch = ModuleSketch()
    sketch.addOutput()
    sketch.addFunction("print", [.i32], [], [.localGet(0), .call(0), .i32Const(0x42), .call(0), .end])
    var instance = try sketch.instance()
    var (count, output): (Int, [UInt8]) = (0, [])
    let observe = { (event: ExecutionEvent) in
      switch event {
      case .tokens(let tokens): count += tokens.count
      case .answer(let tokens): count += tokens.count
      case .output(let bytes): output += bytes
      case .errorOutput, .printed: Issue.record("expected no \(event)")
      }
    }
    _ = try instance.instantiate(observe)
    #expect(try instance.call("print", [.i32(0x141)], observe) == .returned([]))
    #expect(output == [0x41, 0x42])
    #expect(count == instance.tokenCount)
  }

  private func kind<Result>(_ body: () throws -> Result) -> ExecutionError.Kind? {
    do {
      _ = try body()
      return nil
    } catch {
      return (error as? ExecutionError)?.kind
    }
  }
}
