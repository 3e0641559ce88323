import ServedPrograms
import Testing
import TransformerVM

/// Programs on other machines than the one that ships for modules.
@Suite struct MachineTests {
  private static func module(_ name: String) throws -> MachineProgram {
    .full(try ModuleProgram(wasm: #require(try Example.all().first { $0.name == name }).module))
  }

  private static func output(_ program: ServedProgram, _ input: String) async throws -> String {
    let server = try Serving.server()
    return try await Serving.answer(ProgramRequest(program, input: Array(input.utf8)), by: server).text
  }

  /// The input of a program in the weights stands in memory, or is read, as it would of a program in the prompt.
  @Test func programsInTheWeightsAreServed() async throws {
    for (name, input, expected) in [("hello", "you", "Hello, you!\n"), ("addition", "12 + 30", "12 + 30 = 42\n")] {
      let model = try Specialization(of: Self.module(name)).model
      let program = try ServedProgram(inWeightsOf: Executor(model: model, engine: .plan), name: name)
      #expect(program.takesInput)
      #expect(try await Self.output(program, input) == expected)
    }
  }

  @Test func machinesOfTheBaseProfileExecutePrograms() async throws {
    let machine = try Pipeline.universalMachine(.base)
    let model = try Pipeline.weights(for: machine, schedule: Pipeline.shippedSchedule(for: machine))
    var library = ProgramLibrary(machine: try Executor(model: model, engine: .plan))
    try library.add(source: "hello")
    #expect(try await Self.output(#require(library["hello"]), "you") == "Hello, you!\n")
  }

  @Test func twoProgramsOfOneNameAreRefused() throws {
    var library = try Serving.library()
    try library.add(source: "hello")
    let error = #expect(throws: VirtualMachineError.self) { try library.add(source: "hello") }
    #expect(error?.description == "hello: the name 'hello' comes twice; expected a file of another name")
    #expect(library.programs.map(\.name) == ["hello"])
  }

  @Test func aMachineWithoutAProgramIsNone() throws {
    #expect(throws: VirtualMachineError.self) { try ServedProgram(inWeightsOf: Serving.executor(), name: "m") }
  }
}
