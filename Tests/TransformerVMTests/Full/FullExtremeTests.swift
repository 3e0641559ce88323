import Engine
import Foundation
import InstructionSet
import Testing
import TransformerVM

/// Programs at the limits of the full profile, in every engine: those that read one token after another, drafts and verification.
///
/// The dense engine computes some thousand tokens a second, so it gets smaller numbers; in long tests the others get the greatest.
@Suite struct FullExtremeTests {
  private static let isLong = ProcessInfo.processInfo.environment["TVM_LONG_TESTS"] != nil

  @Test func aByteNearSixtyMebibytesOverwritten() throws {
    try Self.expectRight(.overwriting(Self.isLong ? 10_000 : 1500))
    try Self.expectRight(.overwriting(Self.isLong ? 1500 : 40), on: .dense)
  }

  @Test func recursion() throws {
    for depth in Self.isLong ? [1, 5000, 10_000] : [5000] { try Self.expectRight(.recursing(depth)) }
    try Self.expectRight(.recursing(Self.isLong ? 5000 : 40), on: .dense)
  }

  @Test func recursionWithManyLocalVariables() throws {
    try Self.expectRight(Self.isLong ? .recursing(10_000, keeping: 100) : .recursing(500, keeping: 40))
  }

  @Test func localVariables() throws {
    try Self.expectRight(.remembering(50_000))
    try Self.expectRight(.remembering(Self.isLong ? 50_000 : 600), on: .dense)
  }

  @Test func memoryTouchedFarAndWide() throws {
    try Self.expectRight(.touching(20 << 20, every: Self.isLong ? 64 : 16_384))
    try Self.expectRight(.touching(20 << 20, every: Self.isLong ? 65_536 : 1 << 20), on: .dense)
  }

  /// The engines that are fast enough for everything.
  private static var engines: [EngineChoice] {
    #if arch(x86_64)
      [.plan, .encoded, .compiled]
    #else
      [.plan, .compiled]
    #endif
  }

  private static func expectRight(_ extreme: ExtremeProgram) throws {
    for engine in Self.engines { try expectRight(extreme, on: engine) }
    let executor = try FullProfileTests.executor(.compiled)
    let drafted = try ProgramRun(drafting: extreme.program, on: executor)
    #expect(drafted.output == extreme.output, "\(extreme.name), drafted")
    let trace = try TokenTrace(of: extreme.program, vocabulary: executor.vocabulary)
    let verification = try TraceVerification(of: trace, on: executor)
    #expect(verification.difference == nil, "\(extreme.name), verified")
    #expect(verification.comparedCount == trace.ids.count - trace.promptCount)
  }

  private static func expectRight(_ extreme: ExtremeProgram, on engine: EngineChoice) throws {
    let executor = try FullProfileTests.executor(engine)
    var check = try TraceCheck(extreme.program, vocabulary: executor.vocabulary)
    let run = try ProgramRun(extreme.program, on: executor) { check.check($0, $1) }
    #expect(check.finding == nil, "\(extreme.name), \(engine): \(check.finding?.detail ?? "")")
    #expect(run.output == extreme.output, "\(extreme.name), \(engine)")
  }
}
