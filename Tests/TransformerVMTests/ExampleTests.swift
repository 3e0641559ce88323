import InstructionSet
import ProgramCompiler
import TestSupport
import Testing
import TransformerVM

@Suite struct ExampleTests {
  static let names = ["hello", "addition", "collatz", "fibonacci", "min_cost_matching", "sudoku"]
  /// The examples that take seconds rather than minutes on the slowest executor.
  static let shortNames = names.filter { $0 != "sudoku" }

  static func example(_ name: String) throws -> Example {
    try #require(try Example.all().first { $0.name == name })
  }

  // Compiled once, since clang takes half a second for each.
  private static let programs: [String: Result<Program, any Error>] = Dictionary(
    uniqueKeysWithValues: names.map { name in
      (name, Result { try ProgramSource(example: example(name)).program(input: nil) })
    })

  static func program(_ name: String) throws -> Program {
    try #require(programs[name]).get()
  }

  @Test func theManifestListsThem() throws {
    #expect(try Example.all(for: .base).map(\.name) == Self.names)
  }

  @Test(arguments: names)
  func sparseEngineAgreesWithTheReference(_ name: String) throws {
    let example = try Self.example(name)
    let executor = try Machines.universalExecutor(.plan)
    let report = try Machines.report(Self.program(name), on: executor)
    #expect(report.status == .pass, "\(report.detail ?? "")")
    if let expected = example.expectedOutput { #expect(report.output == expected) }
  }

  @Test(arguments: shortNames)
  func otherEnginesAndGraphAgreeWithTheReference(_ name: String) throws {
    // Of the longer examples those that compute every matrix or expression in full take seconds.
    let slow = !LongTests.areWanted && ["collatz", "min_cost_matching"].contains(name) ? ["dense", "graph"] : []
    for executor in try Machines.universalExecutors().filter({ !(slow + ["plan"]).contains($0.name) }) {
      let report = try Machines.report(Self.program(name), on: executor)
      #expect(report.status == .pass, "\(executor.name): \(report.detail ?? "")")
    }
  }

  @Test(.enabled(if: LongTests.areWanted))
  func sudokuInEveryEngine() throws {
    for executor in try Machines.universalExecutors().filter({ $0.name != "plan" }) {
      let report = try Machines.report(Self.program("sudoku"), on: executor)
      #expect(report.status == .pass, "\(executor.name): \(report.detail ?? "")")
      #expect(report.tokens + report.promptTokens >= 500_000)
    }
  }

  /// What ships must be what the source says, wherever there is a clang to compare with.
  @Test(arguments: names)
  func shippedModulesDoWhatTheSourcesDo(_ name: String) throws {
    let example = try Self.example(name)
    let shipped = try ProgramCompiler().compile(wasm: example.module, input: Array(example.input.utf8))
    let compiled = try Self.program(name)
    let executor = try Machines.universalExecutor(.plan)
    let outputs = try [shipped, compiled].map { try Machines.report($0, on: executor).output }
    #expect(outputs[0] == outputs[1])
  }
}
