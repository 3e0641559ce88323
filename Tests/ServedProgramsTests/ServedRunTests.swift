import Clients
import InstructionSet
import ModuleExecution
import ServedPrograms
import Testing
import TransformerVM

/// Runs side by side, compared with runs of their own.
@Suite struct ServedRunTests {
  @Test func manyInputsSideBySideAreExecutedAsIfAlone() async throws {
    let server = try Serving.server()
    let inputs = [
      ("collatz", (1...9).map(String.init)), ("hello", ["you", "", "{}", "a b c"]), ("addition", ["1 + 2", "99 + 1"]),
    ]
    let requests = try inputs.flatMap { name, inputs in
      let program = try Serving.small(name)
      return inputs.map { ProgramRequest(program, input: Array($0.utf8)) }
    }
    // One that reads its standard input, which takes many tokens.
    let greeting = try ProgramRequest(Serving.example("hello"), input: Array("you".utf8))
    try await withThrowingTaskGroup(of: Void.self) { group in
      for (number, request) in (requests + [greeting]).enumerated() {
        group.addTask {
          var request = request
          request.streamsTrace = true
          request.client = "\(number % 3)"
          let answer = try await Serving.answer(request, by: server)
          try Serving.expectAsAlone(answer, request)
        }
      }
      try await group.waitForAll()
    }
    try await Serving.expectNothingLeft(server)
  }

  /// The first run of a program has it read, and nobody reads it again.
  @Test func aProgramIsReadOnce() async throws {
    let server = try Serving.server()
    let program = try Serving.small("hello")
    let reports = try await withThrowingTaskGroup(of: ProgramReport?.self) { group in
      for number in 0..<12 {
        group.addTask {
          try await Serving.answer(ProgramRequest(program, input: Array("\(number)".utf8)), by: server).report
        }
      }
      return try await group.reduce(into: []) { $0.append($1) }
    }
    let read = await server.work.prefixTokens
    // All of the prefix that fills pages.
    #expect(read > 1000 && read % 64 == 0 && reports.allSatisfy { $0.map { $0.promptTokens > read } ?? false })
    #expect(reports.compactMap { $0?.cachedTokens }.sorted() == [0] + Array(repeating: read, count: 11))
    let later = try await Serving.answer(ProgramRequest(program), by: server)
    #expect(later.report?.cachedTokens == read)
    #expect(await server.work.prefixTokens == read)
    #expect(await server.prefixes.count == 1)
  }

  /// An input that stands in memory is a part of the prompt, behind what is shared.
  @Test func inputsInMemoryShareTheProgram() async throws {
    let server = try Serving.server()
    let program = try Serving.small("collatz")
    for input in ["3", "27", "6"] {
      let answer = try await Serving.answer(ProgramRequest(program, input: Array(input.utf8)), by: server)
      #expect(answer.text.hasPrefix(input + " "))
      #expect(answer.report?.ending.exitCode == 0)
    }
    let read = await server.work.prefixTokens
    #expect(await server.work.cachedTokens == 2 * read && read > 1000)
  }

  @Test func programsEndInTheirOwnWays() async throws {
    let server = try Serving.server()
    let cases: [(SampleModule, ProgramEnding)] = [
      (.exiting(7), .exited(code: 7)),
      (SampleModule(code: [0x00]), .trapped(.unreachable)),
      (SampleModule(code: [0x41, 1, 0x41, 0, 0x6e]), .trapped(.integerDivideByZero)),
      (SampleModule(code: [0x41] + [0xff, 0xff, 0xff, 0x07] + [0x28, 2, 0]), .trapped(.outOfBoundsMemoryAccess)),
    ]
    for (module, ending) in cases {
      let answer = try await Serving.answer(ProgramRequest(Serving.program(module)), by: server)
      #expect(answer.report?.ending == ending)
    }
    #expect(ProgramEnding.trapped(.integerDivideByZero).trap == "integer divide by zero")
    try await Serving.expectNothingLeft(server)
  }

  @Test(arguments: [0, 1, 699, 700, 5000])
  func endlessLoopsEndAtTheLimit(limit: Int) async throws {
    let server = try Serving.server()
    var request = try ProgramRequest(Serving.program(.endless))
    request.maximumTokens = limit
    let answer = try await Serving.answer(request, by: server)
    #expect(answer.report?.ending == .limit)
    #expect(answer.report?.generatedTokens == limit)
    try await Serving.expectNothingLeft(server)
  }
}
