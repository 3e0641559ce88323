import Foundation
import Kernels
import LanguageModel
import Testing

@Suite struct QuantizationTests {
  @Test(arguments: Fixture.names)
  func logitsStayNear(name: String) throws {
    let fixture = try Fixture(name)
    try withTemporaryFolder { folder in
      try CheckpointQuantizer.quantize(folder: fixture.folder, to: folder)
      let model = try Qwen3Model(folder: folder, processor: testProcessor())
      #expect(model.configuration.quantization == .int8)
      let logits = try ForwardPass(model).run([SequenceStep(fixture.ids, cache: model.makeCache(), logits: .all)])
      let found = (0..<logits.capacity).flatMap { logits.numbers(at: $0) }
      let difference = relativeDifference(found, fixture.logits)
      // A token whose experts change jumps; those that keep theirs stay near.
      #expect(difference > 1e-4 && difference < (name.hasPrefix("mixture") ? 0.2 : 0.04), "\(name): \(difference)")
    }
  }

  @Test func everythingElseOfTheFolderComesAlong() throws {
    try withTemporaryFolder { folder in
      let (source, destination) = ("\(folder)/a", "\(folder)/b/c")
      try FileManager.default.createDirectory(atPath: "\(source)/sub", withIntermediateDirectories: true)
      try copy(Fixture("untied"), to: source)
      try Data("{}".utf8).write(to: URL(filePath: "\(source)/tokenizer.json"))
      try CheckpointQuantizer.quantize(folder: source, to: destination)
      let names = try FileManager.default.contentsOfDirectory(atPath: destination).sorted()
      #expect(names == ["config.json", "model.safetensors", "tokenizer.json"])
      #expect(throws: LanguageModelError.self) {
        try CheckpointQuantizer.quantize(folder: destination, to: "\(folder)/d")
      }
    }
  }

  /// As in the cache of a downloader, where every file is a link to a blob elsewhere.
  @Test func linksAreFollowed() throws {
    try withTemporaryFolder { folder in
      let (blobs, source, destination) = ("\(folder)/blobs", "\(folder)/a/b", "\(folder)/c")
      for path in [blobs, source] {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
      }
      try copy(Fixture("untied"), to: blobs)
      try Data("{}".utf8).write(to: URL(filePath: "\(blobs)/tokenizer.json"))
      for name in try FileManager.default.contentsOfDirectory(atPath: blobs) {
        try FileManager.default.createSymbolicLink(
          atPath: "\(source)/\(name)", withDestinationPath: "../../blobs/\(name)")
      }
      try CheckpointQuantizer.quantize(folder: source, to: destination)
      try FileManager.default.removeItem(atPath: blobs)
      #expect(try Data(contentsOf: URL(filePath: "\(destination)/tokenizer.json")) == Data("{}".utf8))
      _ = try Qwen3Model(folder: destination, processor: testProcessor())
    }
  }

  @Test func nothingIsWrittenWhenTheSourceIsNotWhole() throws {
    try withTemporaryFolder { folder in
      let (source, destination) = ("\(folder)/a", "\(folder)/b")
      try FileManager.default.createDirectory(atPath: source, withIntermediateDirectories: true)
      try copy(Fixture("untied"), to: source)
      try FileManager.default.removeItem(atPath: "\(source)/model-00001-of-00003.safetensors")
      #expect(throws: LanguageModelError.self) { try CheckpointQuantizer.quantize(folder: source, to: destination) }
      #expect(!FileManager.default.fileExists(atPath: destination))
    }
  }

  /// The source is read while the result is written.
  @Test func theFolderItselfIsRefused() throws {
    try withTemporaryFolder { folder in
      try copy(Fixture("tied"), to: folder)
      #expect(throws: LanguageModelError.self) { try CheckpointQuantizer.quantize(folder: folder, to: "\(folder)/./") }
      #expect(try Qwen3Model(folder: folder, processor: testProcessor()).configuration.quantization == nil)
    }
  }

  /// Its index would go on naming the old files.
  @Test func aFolderWithAShardedCheckpointIsRefused() throws {
    try withTemporaryFolder { folder in
      try copy(Fixture("untied"), to: folder)
      #expect(throws: LanguageModelError.self) {
        try CheckpointQuantizer.quantize(folder: Fixture("tied").folder, to: folder)
      }
      #expect(throws: LanguageModelError.self) { try RandomCheckpoint.write(.tiny(), to: folder) }
      _ = try Qwen3Model(folder: folder, processor: testProcessor())
    }
  }
}
