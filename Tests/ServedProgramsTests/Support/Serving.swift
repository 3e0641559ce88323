import Engine
import Foundation
import ServedPrograms
import TestSupport
import Testing
import TransformerVM

/// What the suites serve with.
enum Serving {
  private static let machine = Result { try ProgramLibrary.machine(engine: .plan) }

  /// The full machine, interpreted.
  static func executor() throws -> Executor { try machine.get() }

  static func library() throws -> ProgramLibrary { try ProgramLibrary(machine: executor()) }

  static func example(_ name: String) throws -> ServedProgram {
    var library = try library()
    try library.add(source: name)
    return try #require(library[name])
  }

  /// An example compiled for the base profile: it takes the address of its input, and fewer tokens than with a C library.
  static func small(_ name: String) throws -> ServedProgram {
    try library().program(ofModule: #require(try Example.all().first { $0.name == name }).module)
  }

  static func program(_ module: SampleModule) throws -> ServedProgram {
    try library().program(ofModule: module.bytes)
  }

  /// A server whose slices are so short that runs take many turns.
  ///
  /// - Parameter gate: what each slice passes first.
  static func server(
    behind gate: Gate? = nil, _ change: (inout ProgramServingConfiguration) -> Void = { _ in }
  ) throws -> ProgramServer {
    try ProgramServer(configuration(change), beforeSlice: { gate?.pass() })
  }

  /// What such a server is made by.
  static func configuration(_ change: (inout ProgramServingConfiguration) -> Void) -> ProgramServingConfiguration {
    var configuration = ProgramServingConfiguration()
    configuration.sliceTokens = 700
    configuration.threads = 3
    configuration.maximumTokens = 200_000
    change(&configuration)
    return configuration
  }

  /// What a stream brought.
  struct Answer {
    var output: [UInt8] = []
    var errorOutput: [UInt8] = []
    var trace = ""
    var report: ProgramReport?

    var text: String { String(decoding: output, as: UTF8.self) }
  }

  /// All that a request is given; accounts are checked whenever something comes.
  static func answer(_ request: ProgramRequest, by server: ProgramServer) async throws -> Answer {
    var answer = Answer()
    for try await part in try await server.run(request) {
      switch part {
      case .output(let bytes): answer.output += bytes
      case .errorOutput(let bytes): answer.errorOutput += bytes
      case .trace(let text): answer.trace += text
      case .end(let report): answer.report = report
      }
      #expect(await server.violations() == [])
    }
    return answer
  }

  /// That an answer is what the program does when it is executed alone.
  static func expectAsAlone(_ answer: Answer, _ request: ProgramRequest) throws {
    let input = String(decoding: request.input, as: UTF8.self)
    let run = try ProgramRun(
      prompt: (request.program.prefix + request.program.rest(of: request.input)).map(Int32.init), on: executor(),
      host: RunHost(request.environment), maximumTokens: 1 << 20)
    let words = run.generated.map { run.vocabulary.text(of: Int($0)) }
    let isSame = answer.trace.split(whereSeparator: \.isWhitespace).map(String.init) == words
    #expect(isSame, "\(request.program.name), input '\(input)'")
    #expect(answer.output == run.output)
    #expect(answer.report?.generatedTokens == run.generated.count)
    #expect(answer.report?.promptTokens == run.prompt.count)
    #expect(answer.report?.ending.exitCode == run.exitCode ?? 0)
  }

  /// Waits until nothing is going on, and checks that all memory but that of programs is free.
  static func expectNothingLeft(_ server: ProgramServer) async throws {
    try await eventually("the last slice ends") {
      let state = await server.state
      return state.begunRuns == 0 && state.waitingRuns == 0 && state.computingSlices == 0
    }
    #expect(await server.state.protectedPages == 0)
    #expect(await server.violations() == [])
  }

  /// The same behind a gate, which opens once the last run has ended.
  ///
  /// Until then it lets pass a slice at a time: behind an open gate endless runs would compute for as long as the news that they are
  /// to end wait for a thread, and all tests together leave few.
  static func expectNothingLeft(_ server: ProgramServer, behind gate: Gate) async throws {
    try await eventually("the last run ends") {
      gate.admit(1)
      let state = await server.state
      return state.begunRuns == 0 && state.waitingRuns == 0
    }
    gate.open()
    try await expectNothingLeft(server)
  }
}
