import InstructionSet
import ProgramGenerator
import Testing
import TransformerVM

@Suite struct DraftingTests {
  private static func executor(_ engine: EngineChoice = .plan) throws -> Executor {
    try Machines.universalExecutor(engine)
  }

  private static func trace(_ program: Program) throws -> ArraySlice<Int32> {
    let trace = try TokenTrace(of: .base(program), vocabulary: MachineVocabulary(Vocabulary(.universal)))
    return trace.ids[trace.promptCount...]
  }

  @Test(arguments: ExampleTests.names)
  func theReferenceDraftsExamples(_ name: String) throws {
    let program = try ExampleTests.program(name)
    let run = try ProgramRun(drafting: .base(program), on: try Self.executor(.automatic))
    #expect(try run.generated.map(Int32.init) == Array(Self.trace(program)))
    #expect(run.isHalted)
    #expect(run.engine.hasSuffix(", drafted"))
  }

  @Test(arguments: [1, 2, 7, 100, 3000])
  func damagedDraftsChangeNothing(_ damage: Int) throws {
    let program = try ExampleTests.program("collatz")
    let trace = try Self.trace(program)
    for seed in UInt64(0)..<2 {
      let draft = DamagedDraft(tokens: trace, damage: damage, random: RandomSource(seed: seed))
      let run = try ProgramRun(drafting: .base(program), by: draft, on: try Self.executor())
      #expect(run.generated.map(Int32.init) == Array(trace), "seed \(seed)")
    }
  }

  @Test func shortAndLongDraftsChangeNothing() throws {
    let program = try ExampleTests.program("addition")
    let trace = try Self.trace(program)
    let other = try Self.trace(ExampleTests.program("fibonacci"))
    let drafts: [ArraySlice<Int32>] = [
      [], trace.prefix(1), trace.prefix(500), trace.dropLast(), trace + trace, trace + other, other, trace.dropFirst(),
      Array(repeating: Int32.max, count: 5000)[...], trace.prefix(700) + other,
    ]
    for (number, draft) in drafts.enumerated() {
      let run = try ProgramRun(drafting: .base(program), by: DamagedDraft(tokens: draft), on: try Self.executor())
      #expect(run.generated.map(Int32.init) == Array(trace), "draft \(number)")
    }
  }

  @Test func limitsAndObserversHold() throws {
    let program = try ExampleTests.program("fibonacci")
    let trace = try Self.trace(program)
    for limit in [0, 1, 2, 300, 5000] {
      let run = try ProgramRun(drafting: .base(program), on: try Self.executor(), maximumTokens: limit)
      #expect(run.generated.map(Int32.init) == Array(trace.prefix(limit)))
    }
    let run = try ProgramRun(drafting: .base(program), on: try Self.executor()) { ids, _ in min(ids.count, 17) }
    #expect(run.generated.map(Int32.init) == Array(trace.prefix(17)))
  }

  @Test func enginesWithoutBlocksRefuse() throws {
    #expect(throws: VirtualMachineError.self) {
      try ProgramRun(drafting: .base(ExampleTests.program("hello")), on: try Self.executor(.dense))
    }
  }
}
