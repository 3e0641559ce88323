import InstructionSet
import ProgramGenerator
import RandomNumbers
import TestSupport
import Testing
import Transformer
import TransformerVM

/// Random programs run, are verified and are drafted in every engine, by the universal model and by models of their own: always
/// the reference interpreter's tokens.
@Suite struct RandomProgramTests {
  private static let seeds = (0..<(LongTests.areWanted ? 200 : 10)).map { SplitMix64.testSeed &+ UInt64($0) }

  /// Executes a program on each executor, verifies its trace there, and has it drafted with wrong tokens among the right ones.
  private static func expectAgreement(_ program: Program, _ executors: [Executor], _ seed: UInt64) throws {
    for executor in executors {
      let note: Comment = "seed \(seed), \(executor.name)"
      let report = try Machines.report(program, on: executor)
      #expect(report.status == .pass, note)
      let trace = try TokenTrace(of: .base(program), vocabulary: executor.vocabulary)
      #expect(try TraceVerification(of: trace, on: executor).difference == nil, note)
      // A run that takes drafts needs an engine that steps through blocks of tokens.
      guard executor.model != nil, executor.name != EngineChoice.dense.rawValue else { continue }
      let tokens = trace.ids[trace.promptCount...]
      let draft = DamagedDraft(tokens: tokens, damage: 200, random: RandomSource(seed: seed))
      let run = try ProgramRun(drafting: .base(program), by: draft, on: executor)
      #expect(run.generated.map(Int32.init) == Array(tokens), note)
    }
  }

  @Test func everyExecutorOfTheUniversalMachineAgrees() throws {
    let executors = try Machines.universalExecutors()
    for seed in Self.seeds {
      try Self.expectAgreement(RandomProgram.make(seed: seed), executors, seed)
    }
  }

  /// Code is compiled for a tenth of the models: that takes a second for each.
  @Test func everyExecutorOfModelsOfTheirOwnAgrees() throws {
    for (index, seed) in Self.seeds.enumerated() {
      let program = try RandomProgram.make(seed: seed, maximumInstructions: 300)
      let model = try Machines.specializedModel(program)
      let executors =
        index.isMultiple(of: 10)
        ? try Machines.executors(model)
        : try [.plan, .dense].map { try Executor(model: model, engine: $0) }
      try Self.expectAgreement(program, executors, seed)
    }
  }
}
