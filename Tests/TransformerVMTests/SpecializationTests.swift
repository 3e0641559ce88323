import Foundation
import InstructionSet
import ProgramGenerator
import Scheduler
import TestSupport
import Testing
import Transformer
import TransformerVM

@Suite struct SpecializationTests {
  @Test(arguments: LongTests.areWanted ? ["collatz", "fibonacci"] : ["fibonacci"])
  func aSpecializedModelRunsItsProgramInEveryEngine(_ name: String) throws {
    let program = try ExampleTests.program(name)
    let model = try Machines.specializedModel(program)
    #expect(model.isSpecialized)
    #expect(try model.specializedProgram == .base(program))
    #expect(model.vocabularySize == 881)
    let executors =
      try Machines.executors(model)
      + [Executor(machine: Pipeline.machine(specializedTo: .base(program)))]
    for executor in executors {
      let report = try Machines.report(program, on: executor)
      #expect(report.status == .pass, "\(executor.name): \(report.detail ?? "")")
    }
  }

  /// Blocks of known tokens read the same tables, and a damaged token or draft is found in them.
  @Test(arguments: [EngineChoice.compiled, .plan])
  func tablesServeBlocksToo(_ choice: EngineChoice) throws {
    let program = try ExampleTests.program("collatz")
    let executor = try Executor(
      model: Machines.specializedModel(program), engine: choice, codeCache: Machines.codeCache)
    let trace = try TokenTrace(of: .base(program), vocabulary: executor.vocabulary)
    let verification = try TraceVerification(of: trace, on: executor)
    #expect(verification.difference == nil, "\(verification.difference?.description ?? "")")
    #expect(verification.comparedCount == trace.ids.count - trace.promptCount)

    let place = trace.promptCount + 20_011
    var damaged = TokenTrace(
      prompt: Array(trace.ids[..<trace.promptCount]), vocabulary: executor.vocabulary)
    for (position, id) in trace.ids.enumerated().dropFirst(trace.promptCount) {
      damaged.append(position == place ? id ^ 1 : id)
    }
    #expect(try TraceVerification(of: damaged, on: executor).difference?.position == place)

    let draft = try ProgramRun(drafting: .base(program), on: executor)
    #expect(draft.engine == "\(choice == .compiled ? "compiled" : "plan"), drafted")
    #expect(draft.generated.map(Int32.init) == Array(trace.ids[trace.promptCount...]))
  }

  @Test func anotherInputNeedsNoOtherWeights() throws {
    let program = try ExampleTests.program("fibonacci")
    let model = try Machines.specializedModel(program)
    let other = try program.with(input: Array("7".utf8))
    let report = try Machines.report(
      other, on: Executor(model: model, engine: .plan))
    #expect(report.status == .pass)
  }

  @Test func aProgramWithoutInputIsSpecializedToo() throws {
    let program = try Program(instructions: [.init(.const, 72), .init(.output), .init(.halt)])
    let model = try Machines.specializedModel(program)
    let report = try Machines.report(
      program, on: Executor(model: model, engine: .plan))
    #expect(report.status == .pass)
    #expect(report.output == "H")
  }
}
