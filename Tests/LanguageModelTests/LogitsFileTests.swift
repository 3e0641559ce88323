import Foundation
import Kernels
import LanguageModel
import Testing

@Suite struct LogitsFileTests {
  /// A tensor in F32, flat.
  private func numbers(_ file: SafetensorsFile, _ name: String) throws -> [Float] {
    let bytes = file.bytes(of: try #require(file.tensors[name]))
    return (0..<bytes.count / 4).map { bytes.loadUnaligned(fromByteOffset: $0 * 4, as: Float.self) }
  }

  @Test(arguments: Fixture.names)
  func logitsAndStreamsAreThoseOfTransformers(name: String) throws {
    let fixture = try Fixture(name)
    let model = try Qwen3Model(folder: fixture.folder, processor: testProcessor())
    try withTemporaryFolder { folder in
      let path = "\(folder)/logits.safetensors"
      try LogitsFile.write(tokens: fixture.ids, model: model, includingHidden: true, to: path)
      let file = try SafetensorsFile(path: path)
      let shape = model.configuration
      #expect(file.tensors["logits"]?.shape == [fixture.ids.count, shape.vocabularySize])
      #expect(file.tensors["hidden"]?.shape == [shape.layers + 1, fixture.ids.count, shape.hiddenSize])
      #expect(relativeDifference(try numbers(file, "logits"), fixture.logits) <= 1e-5)
      #expect(relativeDifference(try numbers(file, "hidden"), fixture.hidden) <= 1e-5)
      #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["logits.safetensors"])
    }
  }

  /// More tokens than one pass takes.
  @Test func longTextsComeInOneFile() throws {
    try withTemporaryFolder { folder in
      try RandomCheckpoint.write(.tiny(vocabularySize: 40), to: folder)
      let model = try Qwen3Model(folder: folder, processor: testProcessor())
      let tokens = (0..<150).map { $0 * 7 % 40 }
      var streams = [[Float]](repeating: [], count: model.configuration.layers + 1)
      let pass = ForwardPass(model)
      pass.observe = { layers, _, hidden in streams[layers] += hidden }
      let rows = try pass.run([SequenceStep(tokens, cache: model.makeCache(), logits: .all)])
      try LogitsFile.write(tokens: tokens, model: model, includingHidden: true, to: "\(folder)/out")
      let file = try SafetensorsFile(path: "\(folder)/out")
      #expect(try numbers(file, "logits") == tokens.indices.flatMap { rows.numbers(at: $0) })
      #expect(try numbers(file, "hidden") == streams.flatMap { $0 })
    }
  }

  @Test func theModelsOwnFilesAreNotReplaced() throws {
    try withTemporaryFolder { folder in
      let source = "\(folder)/model"
      try FileManager.default.createDirectory(atPath: source, withIntermediateDirectories: false)
      try copy(Fixture("untied"), to: source)
      let shard = "model-00002-of-00003.safetensors"
      try FileManager.default.createSymbolicLink(atPath: "\(folder)/link", withDestinationPath: "model/\(shard)")
      let before = try Data(contentsOf: URL(filePath: "\(source)/\(shard)"))
      let model = try Qwen3Model(folder: source, processor: testProcessor())
      for path in ["\(source)/\(shard)", "\(source)/../model/config.json", "\(folder)/link"] {
        #expect { try LogitsFile.write(tokens: [1], model: model, to: path) } throws: {
          ($0 as? LanguageModelError)?.kind == .occupied
        }
      }
      #expect(try Data(contentsOf: URL(filePath: "\(source)/\(shard)")) == before)
      try LogitsFile.write(tokens: [1], model: model, to: "\(source)/logits.safetensors")
    }
  }

  @Test func whatCannotBeWrittenLeavesNothing() throws {
    let model = try Qwen3Model(folder: Fixture("tied").folder, processor: testProcessor())
    try withTemporaryFolder { folder in
      for tokens in [[], [101], [1, -1], Array(repeating: 1, count: 65)] {
        #expect(throws: LanguageModelError.self) {
          try LogitsFile.write(tokens: tokens, model: model, to: "\(folder)/out")
        }
      }
      for path in [folder, "\(folder)/nowhere/out", "/dev/null"] {
        #expect(throws: LanguageModelError.self) { try LogitsFile.write(tokens: [1], model: model, to: path) }
      }
      let left = try FileManager.default.contentsOfDirectory(atPath: folder)
      #expect(left == [])
    }
  }
}
