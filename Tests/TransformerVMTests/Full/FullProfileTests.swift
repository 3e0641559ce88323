import Engine
import Foundation
import InstructionSet
import Testing
import TransformerVM

/// The full profile's machine in weights, from a module to output.
@Suite struct FullProfileTests {
  // Compiled once, since clang takes half a second for each.
  private static let programs: [String: Result<MachineProgram, any Error>] = Dictionary(
    uniqueKeysWithValues: (ExampleTests.names + ["json"]).map { name in
      (name, Result { try ProgramSource(example: ExampleTests.example(name)).program(for: .full, input: nil) })
    })

  static func executor(_ engine: EngineChoice = .automatic) throws -> Executor {
    try Machines.universalExecutor(engine, .full)
  }

  private static func program(_ name: String) throws -> MachineProgram {
    try #require(programs[name]).get()
  }

  /// A run, compared token by token with the reference interpreter.
  static func report(_ program: MachineProgram, on executor: Executor) throws -> RunReport {
    var check: TraceCheck? = try TraceCheck(program, vocabulary: executor.vocabulary)
    let run = try ProgramRun(program, on: executor, host: program.host) { check?.check($0, $1) ?? $0.count }
    return run.report(name: "test", check: check)
  }

  private static func report(_ module: SmallModule, on executor: Executor) throws -> RunReport {
    try report(.full(ModuleProgram(wasm: module.bytes)), on: executor)
  }

  @Test func theMachineKeepsItsWidth() throws {
    let model = try Machines.universalModel(.full)
    #expect(model.modelWidth <= 64 && model.layers.count <= 12)
    #expect(model.profile == .full)
    let base = ModelSummary(of: try Machines.universalModel()).projectionNonZeros
    #expect(base > 0 && 2 * ModelSummary(of: model).projectionNonZeros <= 5 * base)
  }

  @Test(arguments: ExampleTests.names)
  func examplesSayWhatTheySayInTheBaseProfile(_ name: String) throws {
    let report = try Self.report(Self.program(name), on: Self.executor())
    #expect(report.status == .pass, "\(report.detail ?? "")")
    #expect(report.output == (try ExampleTests.example(name).expectedOutput ?? report.output))
    #expect(!report.output.isEmpty)
  }

  @Test func everyEngineRunsIt() throws {
    let executors =
      try EngineChoice.allCases.map(Self.executor) + [Executor(machine: Pipeline.universalMachine(.full))]
    for executor in executors {
      let report = try Self.report(Self.program("hello"), on: executor)
      #expect(report.status == .pass, "\(executor.name): \(report.detail ?? "")")
      #expect(report.output == "Hello, transformer!\n", "\(executor.name)")
    }
  }

  /// Known tokens are computed by other code than new ones.
  @Test func knownTokensAreConfirmed() throws {
    let program = try Self.program("collatz")
    for executor in try [EngineChoice.compiled, .plan].map(Self.executor) {
      let alone = try ProgramRun(program, on: executor)
      let drafted = try ProgramRun(drafting: program, on: executor)
      #expect(drafted.generated == alone.generated, "\(executor.name)")
      let trace = try TokenTrace(of: program, vocabulary: executor.vocabulary)
      let verification = try TraceVerification(of: trace, on: executor)
      #expect(verification.difference == nil, "\(executor.name)")
      let answered = trace.answers.reduce(0) { $0 + $1.count }
      #expect(answered > 0)
      #expect(verification.comparedCount == trace.ids.count - trace.promptCount - answered, "\(executor.name)")
    }
  }

  /// What looks like an answer of the host is one only where the program asked for it.
  @Test func answersThatNobodyAskedForAreFound() throws {
    let executor = try Self.executor()
    let trace = try TokenTrace(of: Self.program("collatz"), vocabulary: executor.vocabulary)
    let answer = try #require(trace.answers.first { !$0.isEmpty })
    var forged = TokenTrace(prompt: Array(trace.ids[..<trace.promptCount]), vocabulary: executor.vocabulary)
    let begin = trace.ids[trace.promptCount..<answer.lowerBound - 1]
    for id in begin + trace.ids[answer] + trace.ids[(answer.lowerBound - 1)...] { forged.append(id) }
    let verification = try TraceVerification(of: forged, on: executor)
    #expect(verification.difference?.position == answer.lowerBound - 1)
  }

  @Test func inputStandsBehindMemory() throws {
    let executor = try Self.executor()
    // The module for the base profile, whose entry takes the address of the input.
    let program = try MachineProgram.full(ModuleProgram(wasm: ExampleTests.example("collatz").module))
    #expect(program.takesInput)
    for input in ["27", "97"] {
      let report = try Self.report(program.with(input: Array(input.utf8)), on: executor)
      #expect(report.status == .pass)
      #expect(report.output.hasPrefix(input + " "))
    }
    for input in [[0x31, 0], Array(repeating: 0x31, count: 65_536)] as [[UInt8]] {
      #expect(throws: VirtualMachineError.self) { _ = try program.with(input: input) }
    }
    let silent = try ModuleProgram(wasm: SmallModule([]).bytes)
    #expect(!silent.takesInput)
    #expect(throws: VirtualMachineError.self) { _ = try silent.with(input: [0x31]) }
  }

  /// Behind the printing of an A. Function 1 is the function itself.
  @Test(
    arguments: [
      ([0x00], "unreachable"),
      ([0x41, 1, 0x41, 0, 0x6d, 0x1a], "integer divide by zero"),
      ([0x41] + SmallModule.signed(-0x8000_0000) + [0x41, 0x7f, 0x6d, 0x1a], "integer overflow"),
      ([0x41] + SmallModule.signed(65_533) + [0x28, 2, 0, 0x1a], "out of bounds memory access"),
    ] as [([UInt8], String)])
  func trapsAreNamed(_ code: [UInt8], _ message: String) throws {
    for engine in [EngineChoice.automatic, .plan] {
      let letter: [UInt8] = [0x41, 0xc1, 0x00] + SmallModule.output
      let report = try Self.report(SmallModule(letter + code), on: Self.executor(engine))
      #expect(report.status == .trap)
      #expect(report.detail == message)
      #expect(report.output == "A")
    }
  }

  @Test func recursionWithoutAnEndIsATrap() throws {
    let report = try Self.report(SmallModule([0x10, 1]), on: Self.executor())
    #expect(report.status == .trap)
    #expect(report.detail == "call stack exhausted")
  }

  /// Values beyond 2⁵³ in slots that are filled again: what only weights can get wrong.
  @Test func largeNumbersLeaveNoTraces() throws {
    let (first, second): (Int64, Int64) = (0x7edc_ba98_7654_3211, -0x0123_4567_89ab_cdef)
    var code: [UInt8] = [0x42] + SmallModule.signed(first) + [0x21, 0]
    var expected: [UInt8] = []
    var value = first
    for round in Int64(0)..<12 {
      // local 0 := (local 0 · second) xor (round − local 0), and its highest byte is printed.
      code += [0x20, 0, 0x42] + SmallModule.signed(second) + [0x7e, 0x42] + SmallModule.signed(round)
      code += [0x20, 0, 0x7d, 0x85, 0x22, 0, 0x42, 56, 0x88, 0xa7] + SmallModule.output
      value = (value &* second) ^ (round &- value)
      expected.append(UInt8(truncatingIfNeeded: value >> 56))
    }
    let program = MachineProgram.full(try ModuleProgram(wasm: SmallModule(locals: [.i64], code).bytes))
    for engine in EngineChoice.allCases {
      let executor = try Self.executor(engine)
      var check = try TraceCheck(program, vocabulary: executor.vocabulary)
      let run = try ProgramRun(program, on: executor) { check.check($0, $1) }
      #expect(check.finding == nil, "\(check.finding?.detail ?? "")")
      #expect(run.output == expected, "\(engine)")
    }
  }

  @Test func tracesAreVerifiedDraftedAndKept() throws {
    let (executor, program) = (try Self.executor(), try Self.program("collatz"))
    let trace = try TokenTrace(of: program, vocabulary: executor.vocabulary)
    #expect(try TraceVerification(of: trace, on: executor).difference == nil)
    let expected = trace.ids.dropFirst(trace.promptCount).map { UInt16($0) }
    #expect(try ProgramRun(drafting: program, on: executor).generated == expected)
    let path = FileManager.default.temporaryDirectory.appending(path: "tvm-full-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    for limit in [1000, .max] {
      let run = try ProgramRun(
        prompt: program.prompt(for: executor.vocabulary), on: executor, checkpoint: Checkpoint(path: path),
        maximumTokens: limit)
      #expect(run.generated == Array(expected.prefix(limit)))
    }
  }

  /// A run that has read one input does not go on with the end of another.
  @Test func checkpointsAreOfOneInput() throws {
    let program = try Self.program("json")
    let executor = try Self.executor()
    let path = FileManager.default.temporaryDirectory.appending(path: "tvm-input-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: path) }
    func run(_ input: String, limit: Int) throws -> ProgramRun {
      try ProgramRun(
        prompt: program.prompt(for: executor.vocabulary), on: executor, checkpoint: Checkpoint(path: path),
        host: RunHost(HostEnvironment(input: .bytes(Array(input.utf8)))), maximumTokens: limit)
    }
    _ = try run("[1, 2]", limit: 20_000)
    let error = #expect(throws: VirtualMachineError.self) { _ = try run("[3, 4, 5]", limit: .max) }
    #expect(error?.description.contains("expected the standard input") == true)
    #expect(try run("[1, 2]", limit: .max).isHalted)
  }

  @Test func profilesAreNotMixed() throws {
    let executor = try Self.executor()
    let base = MachineProgram.base(try ExampleTests.program("hello"))
    #expect(throws: VirtualMachineError.self) { _ = try ProgramRun(base, on: executor) }
    #expect(throws: VirtualMachineError.self) { _ = try TraceCheck(base, vocabulary: executor.vocabulary) }
    let universal = try Machines.universalExecutor(.plan)
    #expect(throws: VirtualMachineError.self) { _ = try ProgramRun(Self.program("hello"), on: universal) }
  }

  @Test func whatCannotRunIsRefused() throws {
    let cases: [([UInt8], String)] = [
      ([0, 1, 2], "expected"),
      // A valid module with nothing to run.
      ([0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0], "nothing to run"),
      // An invalid body: nothing on the stack to drop.
      (SmallModule([0x1a]).bytes, "expected"),
    ]
    for (bytes, message) in cases {
      let error = #expect(throws: VirtualMachineError.self) { _ = try ModuleProgram(wasm: bytes) }
      #expect(error?.description.contains(message) == true, "\(error?.description ?? "")")
    }
  }

  /// The input takes a page behind the module's memory; what is refused is the number in the file.
  @Test(arguments: [1024, 65_535, 65_536])
  func memoriesWithoutRoomForTheInput(pages: Int) throws {
    let entry = SmallModule.Function(parameters: [.i32], code: [])
    let error = #expect(throws: VirtualMachineError.self) {
      _ = try ModuleProgram(wasm: SmallModule(functions: [entry], pages: pages).bytes)
    }
    let expected =
      "expected a memory of at most 1023 pages, since the input takes one of the 1024 of the full profile, found "
      + "\(pages) at byte "
    #expect(error?.description.hasPrefix(expected) == true, "\(error?.description ?? "")")
    #expect(try ModuleProgram(wasm: SmallModule(functions: [entry], pages: 1023).bytes).takesInput)
    let takesNone = SmallModule(functions: [SmallModule.Function(code: [])], pages: 1024)
    #expect(try !ModuleProgram(wasm: takesNone.bytes).takesInput)
  }
}
