import Foundation
import Kernels
import LanguageModel
import Testing

/// A head that the files have counts, although config.json says that the embedding is the head: transformers warns of such
/// folders, and takes the files' head unless it is the embedding again.
@Suite struct OutputHeadTests {
  /// The logits of a fixture's tokens by a model folder.
  private func logits(_ fixture: Fixture, _ folder: String) throws -> [Float] {
    let model = try Qwen3Model(folder: folder, processor: testProcessor())
    let logits = try ForwardPass(model).run([SequenceStep(fixture.ids, cache: model.makeCache(), logits: .all)])
    return (0..<logits.capacity).flatMap { logits.numbers(at: $0) }
  }

  @Test func theFilesHeadCounts() throws {
    try withTemporaryFolder { folder in
      let fixture = try Fixture("untied")
      try copy(fixture, to: folder)
      try configure(folder, ["tie_word_embeddings": true])
      #expect(try relativeDifference(logits(fixture, folder), fixture.logits) <= 1e-5)
      try CheckpointQuantizer.quantize(folder: folder, to: "\(folder)/int8")
      #expect(try relativeDifference(logits(fixture, "\(folder)/int8"), fixture.logits) < 0.04)
      #expect(try Qwen3Configuration(file: "\(folder)/int8/config.json").tiesEmbeddings == false)
    }
  }

  @Test func aHeadThatIsTheEmbeddingIsNotStoredTwice() throws {
    try withTemporaryFolder { folder in
      var shape = Qwen3Configuration.tiny(vocabularySize: 40)
      shape.tiesEmbeddings = false
      let twice = "\(folder)/twice"
      try RandomCheckpoint.write(shape, to: twice)
      let path = "\(twice)/model.safetensors"
      let file = try SafetensorsFile(path: path)
      let embedding = try #require(file.tensors["model.embed_tokens.weight"])
      let head = try #require(file.tensors["lm_head.weight"])
      let numbers = Data(file.bytes(of: embedding))
      var data = try Data(contentsOf: URL(filePath: path))
      let start = data.count - file.tensors.values.map(\.bytes.upperBound).reduce(0, max) + head.bytes.lowerBound
      data.replaceSubrange(start..<start + numbers.count, with: numbers)
      try FileManager.default.removeItem(atPath: path)
      try data.write(to: URL(filePath: path))
      try configure(twice, ["tie_word_embeddings": true])
      try CheckpointQuantizer.quantize(folder: twice, to: "\(folder)/int8")
      #expect(try SafetensorsFile(path: "\(folder)/int8/model.safetensors").tensors["lm_head.weight"] == nil)
      #expect(try Qwen3Configuration(file: "\(folder)/int8/config.json").tiesEmbeddings)
      _ = try Qwen3Model(folder: "\(folder)/int8", processor: testProcessor())
    }
  }
}
