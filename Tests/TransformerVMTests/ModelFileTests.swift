import Foundation
import InstructionSet
import TestSupport
import Testing
import Transformer
import TransformerVM

@Suite struct ModelFileTests {
  @Test(arguments: ["universal.bin", "universal.safetensors"])
  func weightsSurviveTheirFile(_ name: String) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name).path
    let model = try Machines.universalModel()
    try model.write(toFile: path)
    let read = try TransformerModel(contentsOfFile: path)
    #expect(read.layers == model.layers)
    #expect(read.embedding == model.embedding)
    #expect(read.head == model.head)
  }

  /// Every example from weights that were written and read back, by the plan and as the transformer is written.
  @Test(arguments: ["universal.bin", "universal.safetensors"])
  func examplesRunFromFiles(_ name: String) throws {
    let isLong = LongTests.areWanted
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(UUID().uuidString)
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let path = folder.appendingPathComponent(name).path
    try Machines.universalModel().write(toFile: path)
    let read = try TransformerModel(contentsOfFile: path)
    for engine in [EngineChoice.plan, .dense] {
      let executor = try Executor(model: read, engine: engine)
      let few = engine == .dense ? ["hello"] : ExampleTests.shortNames
      for example in isLong ? ExampleTests.names : few {
        let report = try Machines.report(ExampleTests.program(example), on: executor)
        #expect(report.status == .pass, "\(example), \(executor.name): \(report.detail ?? "")")
      }
    }
  }

  @Test func buildingTwiceGivesTheSameWeights() throws {
    let machine = try Pipeline.universalMachine()
    let again = try Pipeline.weights(for: machine, schedule: Pipeline.shippedSchedule(for: machine))
    #expect(try again == Machines.universalModel())
  }

  @Test func theShippedPlanIsNarrow() throws {
    let model = try Machines.universalModel()
    #expect(model.modelWidth <= 28)
    #expect(model.vocabularySize == 915)
  }

  @Test func aModelOfOtherTokensIsRefused() throws {
    let model = try TransformerModel(
      vocabulary: ["a", "b"], stopToken: 1, embedding: Matrix(rows: 2, columns: 4), layers: [],
      head: Matrix(rows: 2, columns: 4), metadata: [:])
    #expect(throws: VirtualMachineError.self) { try Executor(model: model, engine: .dense) }
  }
}
