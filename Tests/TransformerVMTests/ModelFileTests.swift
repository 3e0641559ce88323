import Foundation
import InstructionSet
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
    let report = try Machines.report(
      ExampleTests.program("fibonacci"), on: Executor(model: read, engine: .plan))
    #expect(report.status == .pass)
  }

  @Test func buildingTwiceGivesTheSameWeights() throws {
    #expect(try Machines.universalModel() == Machines.universalModel())
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
