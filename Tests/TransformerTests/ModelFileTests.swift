import Foundation
import Testing
import Transformer

@Suite struct ModelFileTests {
  /// Runs a body with a fresh folder that is removed afterwards.
  private static func withFolder(_ body: (String) throws -> Void) throws {
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent("model-\(UUID().uuidString)").path
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(atPath: folder) }
    try body(folder)
  }

  private static func readFailure(_ path: String) -> TransformerError? {
    failure { () throws(TransformerError) in try TransformerModel(contentsOfFile: path) }
  }

  @Test func bothFormatsComeBackFromDisk() throws {
    try Self.withFolder { folder in
      let first = try TransformerModel.random(metadata: ["prompt": "start"], seed: 2)
      let second = try TransformerModel.random(width: 4, seed: 3)
      try first.write(toFile: folder + "/first.safetensors")
      try second.write(toFile: folder + "/second.safetensors")
      try second.write(toFile: folder + "/second.bin")
      #expect(try TransformerModel(contentsOfFile: folder + "/first.safetensors") == first)
      #expect(try TransformerModel(contentsOfFile: folder + "/second.safetensors") == second)
      #expect(try TransformerModel(contentsOfFile: folder + "/second.bin") == second)
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(
        names == ["config.json", "first.safetensors", "second.bin", "second.config.json", "second.safetensors"])
    }
  }

  @Test func aFileWithAnotherNameIsKnownByItsContent() throws {
    try Self.withFolder { folder in
      let model = try TransformerModel.random(seed: 4)
      for (name, bytes) in [("a", model.binaryBytes()), ("b", model.safetensorsBytes())] {
        try Data(bytes).write(to: URL(fileURLWithPath: folder + "/" + name))
        #expect(try TransformerModel(contentsOfFile: folder + "/" + name) == model)
      }
      let error = failure { () throws(TransformerError) in try model.write(toFile: folder + "/model.gguf") }
      #expect(error?.kind == .inaccessible)
    }
  }

  @Test func writingReplacesAnOlderFile() throws {
    try Self.withFolder { folder in
      let path = folder + "/model.bin"
      try TransformerModel.random(width: 10, seed: 5).write(toFile: path)
      let model = try TransformerModel.random(width: 4, seed: 6)
      try model.write(toFile: path)
      #expect(try TransformerModel(contentsOfFile: path) == model)
    }
  }

  @Test func whatIsNotAFileIsNamed() throws {
    try Self.withFolder { folder in
      for path in [folder + "/missing.bin", folder, "/dev/zero", ""] {
        let error = try #require(Self.readFailure(path))
        #expect(error.kind == .inaccessible)
        #expect(error.file == path)
      }
      let model = try TransformerModel.random()
      try FileManager.default.createDirectory(atPath: folder + "/folder.bin", withIntermediateDirectories: true)
      for path in [folder + "/missing/model.bin", folder + "/folder.bin"] {
        let error = failure { () throws(TransformerError) in try model.write(toFile: path) }
        #expect(error?.kind == .inaccessible)
        #expect(error?.file == path)
      }
    }
  }

  @Test func errorsNameTheFileThatIsWrong() throws {
    try Self.withFolder { folder in
      let path = folder + "/model.bin"
      try Data().write(to: URL(fileURLWithPath: path))
      #expect(
        Self.readFailure(path)?.description.hasPrefix("\(path): byte 0: vocabulary size: expected 4 bytes") == true)
      let bare = folder + "/bare.safetensors"
      try Data([2, 0, 0, 0, 0, 0, 0, 0] + "{}".utf8).write(to: URL(fileURLWithPath: bare))
      #expect(Self.readFailure(bare)?.file == folder + "/config.json")
      try Data("{\"hidden_size\": []}".utf8).write(to: URL(fileURLWithPath: folder + "/config.json"))
      let error = try #require(Self.readFailure(bare))
      #expect(error.file == folder + "/config.json")
      #expect(error.byte == 16)
      try FileManager.default.removeItem(atPath: folder + "/config.json")
      try TransformerModel.random().write(toFile: folder + "/other.safetensors")
      #expect(Self.readFailure(bare)?.file == bare)
    }
  }

  @Test func anotherModelsConfigurationIsNotOverwritten() throws {
    try Self.withFolder { folder in
      let model = try TransformerModel.random()
      let configuration = URL(fileURLWithPath: folder + "/config.json")
      for text in ["{\"model_type\": \"qwen3\"}", "", "[]"] {
        try Data(text.utf8).write(to: configuration)
        try model.write(toFile: folder + "/model.safetensors")
        #expect(try Data(contentsOf: configuration) == Data(text.utf8))
        #expect(try TransformerModel(contentsOfFile: folder + "/model.safetensors") == model)
      }
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(names == ["config.json", "model.config.json", "model.safetensors"])
    }
  }

  @Test func aModelWrittenAgainKeepsTheFoldersConfiguration() throws {
    try Self.withFolder { folder in
      try TransformerModel.random(seed: 1).write(toFile: folder + "/model.safetensors")
      try TransformerModel.random(width: 4, seed: 2).write(toFile: folder + "/model.safetensors")
      let names = try FileManager.default.contentsOfDirectory(atPath: folder).sorted()
      #expect(names == ["config.json", "model.safetensors"])
    }
  }
}
