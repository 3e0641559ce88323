import Foundation
import InstructionSet
import Testing
import TransformerVM

@Suite struct CheckpointForkTests {
  private static func executor(_ engine: EngineChoice = .plan) throws -> Executor {
    try Machines.universalExecutor(engine)
  }

  @Test(arguments: [EngineChoice.plan, .dense, .automatic])
  func forksRunAsIfAlone(_ engine: EngineChoice) throws {
    let program = try ExampleTests.program("addition")
    let executor = try Self.executor(engine)
    let runs = try ForkedRuns(of: .base(program), on: executor)
    for input in ["1+1", "", "123+877", "{}", "1+1"] {
      let bytes = Array(input.utf8)
      let alone = try ProgramRun(.base(program.with(input: bytes)), on: executor, maximumTokens: 3000)
      let forked = try runs.run(input: bytes, maximumTokens: 3000)
      #expect(forked.generated == alone.generated, "input '\(input)'")
      #expect(forked.prompt == alone.prompt)
    }
  }

  @Test func programsWithoutInputFork() throws {
    let program = try Program(text: "{ i32.const 48 00 00 00 output 00 00 00 00 halt 00 00 00 00 }")
    let runs = try ForkedRuns(of: .base(program), on: Self.executor())
    #expect(try runs.run(input: []).output == [0x48])
    #expect(throws: VirtualMachineError.self) { try runs.run(input: [0x21]) }
  }

  #if os(Linux)
    @Test func aThousandForksLeakNothing() throws {
      func residentBytes() throws -> Int {
        let words = try String(contentsOfFile: "/proc/self/statm", encoding: .utf8).split(separator: " ")
        return (Int(words[1]) ?? 0) * Int(getpagesize())
      }
      let runs = try ForkedRuns(of: .base(ExampleTests.program("hello")), on: Self.executor())
      func run(_ count: Int) throws {
        for _ in 0..<count { #expect(try runs.run(input: [], maximumTokens: 40).generated.count == 40) }
      }
      try run(100)
      let before = try residentBytes()
      try run(1000)
      #expect(try residentBytes() - before < 64 << 20)
    }
  #endif
}
