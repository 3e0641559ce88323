import GraphFuzzing
import InstructionSet
import ModuleExecution
import ModuleFuzzing
import Reference
import Testing
import Transformer
import TransformerVM
import WebAssembly

/// Machines that are wrong on purpose: they must be found, and what is left of the case must say what is wrong.
struct MutantTests {
  /// The interpreter with one opcode in the place of another.
  private static func interpreter(
    _ wrong: FullOpcode, insteadOf right: FullOpcode
  ) -> (FullProgram) throws -> any TraceMachine {
    { program in
      let instructions = program.instructions.map {
        $0.opcode == right ? FullInstruction(wrong, $0.immediate) : $0
      }
      return FullReferenceInterpreter(
        try FullProgram(
          instructions: instructions, wideConstants: program.wideConstants, data: program.data, entry: program.entry))
    }
  }

  private func failure(_ comparison: ModuleComparison, count: Int = 600) throws -> ModuleFailure {
    var fuzzer = ModuleFuzzer(comparison)
    return try #require(try fuzzer.run(seed: 1, count: count), "nothing found in \(count) modules")
  }

  private static let mutants: [(wrong: FullOpcode, right: FullOpcode)] = [
    (.or, .xor), (.ltUnsigned, .ltSigned), (.wideSub, .wideAdd), (.shiftRightUnsigned, .shiftRightSigned),
  ]

  /// What is left are a few instructions, the wrong one among them, and one call.
  @Test(
    .enabled("no node on the path") { NodeProcess.find() != nil },
    arguments: ModuleFuzzerTests.isLong ? mutants.indices : 0..<1)
  func aWrongOperatorIsFoundByNode(_ index: Int) throws {
    let mutant = Self.mutants[index]
    let node = try #require(NodeProcess.find())
    let failure = try failure(
      ModuleComparison(.node(node), machine: Self.interpreter(mutant.wrong, insteadOf: mutant.right)))
    let report = failure.report(by: nil)
    #expect(failure.difference.kind == .outcome, "\(report)")
    #expect(failure.shrunk.instructionCount <= 24 && failure.shrunk.calls.count <= 2, "\(report)")
    #expect(failure.shrunk.instructionCount < failure.original.instructionCount / 3, "\(report)")
    // Routines for other operators use it too; most cases are about itself.
    let right = ModuleComparison(.node(node)) { FullReferenceInterpreter($0) }
    #expect(try right.verdicts(on: [failure.shrunk]).allSatisfy { $0.difference == nil }, "\(report)")
  }

  @Test func aWrongOperatorIsFoundByItsTokens() throws {
    let failure = try failure(ModuleComparison(.reference, machine: Self.interpreter(.or, insteadOf: .xor)))
    let report = failure.report(by: nil)
    #expect(failure.difference.kind == .token && failure.difference.position != nil, "\(report)")
    #expect(failure.shrunk.instructionCount <= 24 && failure.shrunk.calls.count <= 1, "\(report)")
    #expect(report.contains("instruction ") && report.contains(": i32.xor"), "\(report)")
    let script = String(decoding: try failure.script(filename: "case.wasm"), as: UTF8.self)
    #expect(script.contains(#""filename" : "case.wasm""#))
    #expect(try Module(decoding: failure.module).functions.count == failure.shrunk.module.functions.count)
  }

  /// A weight of the real model is changed: the report names the head that reads something else.
  @Test func aWrongWeightIsExplainedByItsHead() throws {
    let model = try FullMachine.model.get()
    let (machine, schedule) = (try FullMachine.machine.get(), try FullMachine.schedule.get())
    let place = try #require(
      try StreamComparison(machine.graph, schedule, model).place(ofLookup: "below_word"), "a lookup of the full machine"
    )
    let wrong = try model.withWrongValue(layer: place.layer, head: place.head)
    let executor = try Executor(model: wrong, engine: .plan)
    let failure = try failure(ModuleComparison(.reference) { try TransformerTrace(behind: $0, on: executor) })
    let explained = ExplainedModel(machine, schedule, wrong)
    let report = failure.report(by: explained)
    #expect(failure.difference.kind == .token, "\(report)")
    #expect(report.contains("layer \(place.layer), head \(place.head) ('below_word') reads "), "\(report)")
    #expect(report.contains("by the graph it reads"), "\(report)")
    #expect(failure.shrunk.instructionCount <= 24, "\(report)")
  }
}

extension TransformerModel {
  /// The model with a head whose values are half as large again.
  fileprivate func withWrongValue(layer number: Int, head: Int) throws -> TransformerModel {
    var layers = layers
    let layer = layers[number]
    var projection = layer.inProjection
    for row in 0..<2 {
      for column in 0..<modelWidth { projection[2 * modelWidth + 2 * head + row, column] *= 1.5 }
    }
    layers[number] = TransformerLayer(
      inProjection: projection, outProjection: layer.outProjection, feedForwardIn: layer.feedForwardIn,
      feedForwardOut: layer.feedForwardOut, erasedAfterAttention: layer.erasedAfterAttention,
      erasedAfterFeedForward: layer.erasedAfterFeedForward, tieRules: layer.tieRules, headRoles: layer.headRoles)
    return try TransformerModel(
      vocabulary: vocabulary, stopToken: stopToken, embedding: embedding, layers: layers, head: self.head,
      metadata: metadata)
  }

}
