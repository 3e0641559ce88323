import Foundation
import InstructionSet
import ModuleExecution
import ModuleFuzzing
import Reference
import Testing
import TransformerVM

/// Random modules by several machines.
struct ModuleFuzzerTests {
  static let isLong = ProcessInfo.processInfo.environment["TVM_LONG_TESTS"] != nil

  @Test(.enabled("no node on the path") { NodeProcess.find() != nil })
  func theInterpreterAgreesWithNode() throws {
    let (seed, count) = (UInt64(1), Self.isLong ? 10_000 : 100)
    var fuzzer = ModuleFuzzer(
      ModuleComparison(.node(try #require(NodeProcess.find()))) { FullReferenceInterpreter($0) })
    let failure = try fuzzer.run(seed: seed, count: count)
    #expect(failure == nil, "from seed \(seed): \(failure?.report(by: nil) ?? "")")
    let statistics = fuzzer.statistics
    #expect(statistics.modules == count && statistics.calls > 6 * count)
    // Most calls return, or there would be little to compare.
    #expect((statistics.calls / 50..<statistics.calls / 2).contains(statistics.traps), "\(statistics.traps)")
    #expect(statistics.abandoned * 50 <= count, "\(statistics.abandoned)")
  }

  @Test func theTransformerWritesTheInterpretersTokens() throws {
    let (seed, count) = (UInt64(1), Self.isLong ? 1000 : 30)
    let executor = try Executor(model: FullMachine.model.get(), engine: .plan)
    var fuzzer = ModuleFuzzer(
      ModuleComparison(.reference) { try TransformerTrace(behind: $0, on: executor) })
    let failure = try fuzzer.run(seed: seed, count: count)
    #expect(failure == nil, "from seed \(seed): \(failure?.report(by: try? FullMachine.explained.get()) ?? "")")
    #expect(fuzzer.statistics.modules == count)
  }
}

/// The full machine's weights, made once.
enum FullMachine {
  static let machine = Result { try Pipeline.universalMachine(.full) }
  static let schedule = Result { try Pipeline.shippedSchedule(for: machine.get()) }
  static let model = Result { try Pipeline.weights(for: machine.get(), schedule: schedule.get()) }
  static let explained = Result { try ExplainedModel(machine.get(), schedule.get(), model.get()) }
}
