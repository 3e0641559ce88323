import Engine
import TestSupport
import Testing
import TransformerVM

/// A run so long that whatever drifts or runs full would show, against the reference interpreter.
@Suite struct TenMillionTokenTests {
  private static let count = 10_000_000

  @Test(
    .enabled(if: LongTests.areWanted),
    arguments: GrowthRun.Subject.allCases)
  func everyGeneratedTokenIsTheInterpreters(_ subject: GrowthRun.Subject) throws {
    let program = MachineProgram.base(try subject.program)
    let executor = try Machines.universalExecutor(.compiled)
    var check = try TraceCheck(program, vocabulary: executor.vocabulary)
    let run = try ProgramRun(program, on: executor, maximumTokens: Self.count) { check.check($0, $1) }
    #expect(check.finding == nil, "\(check.finding?.detail ?? "")")
    #expect(run.generated.count == Self.count)
  }
}
