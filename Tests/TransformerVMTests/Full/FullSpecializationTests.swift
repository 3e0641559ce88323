import Engine
import Foundation
import InstructionSet
import Scheduler
import Testing
import Transformer
import TransformerVM

/// Programs of the full profile in the weights of models of their own.
@Suite struct FullSpecializationTests {
  private static let isLong = ProcessInfo.processInfo.environment["TVM_LONG_TESTS"] != nil
  private static let names =
    isLong ? FullExampleTests.names.filter { $0 != "mandelbrot" } : ["state_machine", "sha256"]

  private static func module(_ name: String) throws -> ModuleProgram {
    let example = try ExampleTests.example(name)
    return try ModuleProgram(wasm: example.module, input: Array(example.input.utf8))
  }

  private static func executor(_ model: TransformerModel, _ engine: EngineChoice) throws -> Executor {
    try Executor(model: model, engine: engine, codeCache: Machines.codeCache)
  }

  /// Behind the prologue come the tokens that the universal machine generates.
  @Test(arguments: names)
  func programsRunAsOnTheUniversalMachine(_ name: String) throws {
    let module = try Self.module(name)
    let program = MachineProgram.full(module)
    let universal = try ProgramRun(program, on: FullProfileTests.executor(.plan), host: program.host)
    let model = try Specialization(of: program).model
    let prologue = FullPrologue(of: module.bare).tokens
    for engine in [EngineChoice.plan, .compiled] {
      let run = try ProgramRun(program, on: Self.executor(model, engine), host: program.host)
      #expect(run.vocabulary.isSpecialized)
      #expect(run.prompt.map { run.vocabulary.text(of: Int($0)) } == ["{", "}"])
      #expect(run.generated.prefix(prologue.count).map { run.vocabulary.text(of: Int($0)) } == prologue.map(\.text))
      // Both vocabularies number what they have in common alike.
      #expect(run.generated.dropFirst(prologue.count).elementsEqual(universal.generated), "\(name), \(engine)")
      #expect(run.instructionCount == universal.instructionCount)
      #expect(run.output == universal.output)
    }
  }

  /// The engine that multiplies every matrix in full: a letter, or in long tests a whole example.
  @Test func theDenseEngineRunsThemToo() throws {
    let letter = try ModuleProgram(wasm: SmallModule([0x41, 0xc1, 0] + SmallModule.output).bytes)
    let program = MachineProgram.full(Self.isLong ? try Self.module("state_machine") : letter)
    let report = try FullProfileTests.report(program, on: Self.executor(Specialization(of: program).model, .dense))
    #expect(report.status == .pass, "\(report.detail ?? "")")
    #expect(report.output == "A" || Self.isLong)
  }

  @Test func theGraphIsEvaluatedToo() throws {
    let program = MachineProgram.full(try Self.module("ackermann"))
    let executor = Executor(machine: try Pipeline.machine(specializedTo: program))
    let report = try FullProfileTests.report(program, on: executor)
    #expect(report.status == .pass, "\(report.detail ?? "")")
  }

  @Test func theyAreVerifiedDraftedAndKept() throws {
    let program = MachineProgram.full(try Self.module("ackermann"))
    let model = try Specialization(of: program).model
    for engine in [EngineChoice.plan, .compiled] {
      let executor = try Self.executor(model, engine)
      let trace = try TokenTrace(of: program, vocabulary: executor.vocabulary, host: program.host)
      #expect(try TraceVerification(of: trace, on: executor).difference == nil)
      let expected = trace.ids.dropFirst(trace.promptCount).map { UInt16($0) }
      #expect(try ProgramRun(drafting: program, on: executor, host: program.host).generated == expected)
      let path = FileManager.default.temporaryDirectory.appending(path: "tvm-special-\(UUID().uuidString)").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      for limit in [2000, .max] {
        let run = try ProgramRun(
          prompt: program.prompt(for: executor.vocabulary), on: executor, checkpoint: Checkpoint(path: path),
          host: program.host, maximumTokens: limit)
        #expect(run.generated == Array(expected.prefix(limit)))
      }
    }
  }

  /// What a model file brings is enough to run it with another input, in memory or not.
  @Test func anotherInputNeedsNoOtherWeights() throws {
    let inMemory = try ModuleProgram(wasm: ExampleTests.example("collatz").module)
    let fromHost = try Self.module("sha256")
    for (module, inputs) in [(inMemory, ["27", "97", ""]), (fromHost, ["", "abcdef"])] {
      let path = FileManager.default.temporaryDirectory.appending(path: "\(UUID().uuidString).safetensors").path
      defer { try? FileManager.default.removeItem(atPath: path) }
      try Specialization(of: .full(module)).model.write(toFile: path)
      let model = try TransformerModel(contentsOfFile: path)
      #expect(model.isSpecialized && model.profile == .full)
      let program = try #require(try model.specializedProgram)
      let executor = try Self.executor(model, .plan)
      for input in inputs {
        let fed = try program.with(input: Array(input.utf8))
        let report = try FullProfileTests.report(fed, on: executor)
        #expect(report.status == .pass, "\(input): \(report.detail ?? "")")
        #expect(!report.output.isEmpty)
      }
    }
  }

  /// A trap of a program in the weights.
  @Test func trapsAreNamed() throws {
    let module = try ModuleProgram(wasm: SmallModule([0x41, 1, 0x41, 0, 0x6d, 0x1a]).bytes)
    let executor = try Self.executor(Specialization(of: .full(module)).model, .plan)
    let report = try FullProfileTests.report(.full(module), on: executor)
    #expect(report.status == .trap)
    #expect(report.detail == "integer divide by zero")
  }

  /// The plan that ships fits every program; a schedule of one's own is made for one.
  @Test func aScheduleIsSearchedForWhereOneIsWanted() throws {
    let program = MachineProgram.full(try ModuleProgram(wasm: SmallModule([0x41, 0xc1, 0] + SmallModule.output).bytes))
    var options = SchedulingOptions(solver: .list, timeLimit: 5)
    options.rounds = 1
    let own = try Specialization(of: program, options: options)
    #expect(own.solution != nil)
    #expect(try FullProfileTests.report(program, on: Self.executor(own.model, .plan)).output == "A")
    let shipped = try Specialization(of: program)
    #expect(shipped.solution == nil)
    #expect(shipped.schedule.modelWidth <= min(64, own.schedule.modelWidth))
  }

  @Test func aModelThatIsForAnotherProgramIsFoundOut() throws {
    let letters: [UInt8] = [0xc1, 0xc2]
    let programs = try letters.map {
      MachineProgram.full(try ModuleProgram(wasm: SmallModule([0x41, $0, 0] + SmallModule.output).bytes))
    }
    let executor = try Self.executor(Specialization(of: programs[0]).model, .plan)
    #expect(try FullProfileTests.report(programs[1], on: executor).status == .mismatch)
    #expect(throws: VirtualMachineError.self) {
      try TransformerTrace(behind: FullProgram(instructions: [.init(.halt), .init(.halt)]), on: executor)
    }
  }
}
