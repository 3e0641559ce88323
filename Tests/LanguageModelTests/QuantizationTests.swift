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

  /// What rounding costs adds up from layer to layer: the bound that the 0.6B shape is held to, at its depth.
  @Test func aModelAsDeepAsAPublishedOneStaysWithinTheBound() throws {
    var shape = Qwen3Configuration.qwen3Point6B
    (shape.vocabularySize, shape.hiddenSize, shape.intermediateSize) = (512, 256, 768)
    (shape.queryHeads, shape.keyValueHeads, shape.headSize) = (8, 4, 32)
    try withTemporaryFolder { folder in
      try RandomCheckpoint.write(shape, to: "\(folder)/floats")
      try CheckpointQuantizer.quantize(folder: "\(folder)/floats", to: "\(folder)/int8")
      let tokens = (0..<24).map { $0 * 37 % 512 }
      func logits(_ name: String, _ unit: VectorUnit? = nil) throws -> [Float] {
        let model = try Qwen3Model(folder: "\(folder)/\(name)", processor: testProcessor(unit))
        let rows = try ForwardPass(model).run([SequenceStep(tokens, cache: model.makeCache(), logits: .all)])
        return tokens.indices.flatMap { rows.numbers(at: $0) }
      }
      let expected = try logits("floats")
      for unit in availableUnits {
        let difference = try relativeDifference(logits("int8", unit), expected)
        #expect(difference > 0.01 && difference <= 0.033, "\(unit.rawValue): \(difference)")
      }
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
      // Templates lie in a folder of their own, which is replaced whole.
      let template = "additional_chat_templates/tool_use.jinja"
      try FileManager.default.createDirectory(
        atPath: "\(source)/additional_chat_templates", withIntermediateDirectories: false)
      for text in ["one", "two"] {
        try Data(text.utf8).write(to: URL(filePath: "\(source)/\(template)"))
        try CheckpointQuantizer.quantize(folder: source, to: destination, replacing: true)
        #expect(try Data(contentsOf: URL(filePath: "\(destination)/\(template)")) == Data(text.utf8))
      }
      try FileManager.default.removeItem(atPath: "\(source)/additional_chat_templates")
      try CheckpointQuantizer.quantize(folder: source, to: destination, replacing: true)
      #expect(!FileManager.default.fileExists(atPath: "\(destination)/\(template)"))
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

  @Test(arguments: [Float.nan, -.infinity])
  func weightsThatAreNotFiniteAreRefused(number: Float) throws {
    try withTemporaryFolder { folder in
      let (source, destination) = ("\(folder)/a", "\(folder)/b")
      try RandomCheckpoint.write(.tiny(), to: source)
      let path = "\(source)/model.safetensors"
      let name = "model.layers.1.mlp.down_proj.weight"
      var bytes = try Data(contentsOf: URL(filePath: path))
      let place = try #require(try SafetensorsFile(path: path).tensors[name]).bytes.lowerBound
      let headerSize = bytes.prefix(8).reversed().reduce(0) { $0 << 8 | Int($1) }
      let bits = UInt16(truncatingIfNeeded: number.bitPattern >> 16)
      // The last column of row 2, whose rows have 128.
      let offset = 8 + headerSize + place + (2 * 128 + 127) * 2
      bytes[offset] = UInt8(truncatingIfNeeded: bits)
      bytes[offset + 1] = UInt8(truncatingIfNeeded: bits >> 8)
      try bytes.write(to: URL(filePath: path))
      let error = #expect(throws: LanguageModelError.self) {
        try CheckpointQuantizer.quantize(folder: source, to: destination)
      }
      #expect(error?.kind == .malformed && error?.message.hasPrefix("\(name): ") == true && error?.file == path)
      #expect(error?.message.hasSuffix("row 2") == true)
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

  @Test func aFolderWithAModelIsRefusedUnlessItIsToBeReplaced() throws {
    for name in ["untied", "mixture"] {
      try withTemporaryFolder { folder in
        try copy(Fixture(name), to: folder)
        for file in ["chat_template.jinja", "notes.txt"] {
          try Data("old".utf8).write(to: URL(filePath: "\(folder)/\(file)"))
        }
        let before = try contents(of: folder)
        let source = try Fixture("tied").folder
        for write in [
          { try CheckpointQuantizer.quantize(folder: source, to: folder) },
          { try RandomCheckpoint.write(.tiny(), to: folder) },
        ] as [() throws -> Void] {
          #expect { try write() } throws: { error in
            let error = error as? LanguageModelError
            return error?.kind == .occupied && error?.file == "\(folder)/chat_template.jinja"
          }
          #expect(try contents(of: folder) == before)
        }
        try CheckpointQuantizer.quantize(folder: source, to: folder, replacing: true)
        #expect(try Qwen3Model(folder: folder, processor: testProcessor()).configuration.quantization == .int8)
        try RandomCheckpoint.write(.tiny(), to: folder, replacing: true)
        #expect(try Qwen3Model(folder: folder, processor: testProcessor()).configuration == .tiny())
        // Nothing of the old model is left, and nothing else is touched.
        let names = try contents(of: folder).keys
        #expect(
          names.filter { !$0.hasPrefix("expected") }.sorted() == ["config.json", "model.safetensors", "notes.txt"])
      }
    }
  }

  /// A file of any name that comes along with the model.
  @Test func aFileThatWouldBeOverwrittenIsNamed() throws {
    try withTemporaryFolder { folder in
      let (source, destination) = ("\(folder)/a", "\(folder)/b")
      for path in [source, destination] {
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
        try Data(path.utf8).write(to: URL(filePath: "\(path)/README.md"))
      }
      try copy(Fixture("tied"), to: source)
      #expect { try CheckpointQuantizer.quantize(folder: source, to: destination) } throws: {
        ($0 as? LanguageModelError)?.file == "\(destination)/README.md"
      }
      try CheckpointQuantizer.quantize(folder: source, to: destination, replacing: true)
      #expect(try Data(contentsOf: URL(filePath: "\(destination)/README.md")) == Data(source.utf8))
    }
  }

  /// The link of a download leads to a file that others use too.
  @Test func aLinkIsReplacedAndNotWhatItLeadsTo() throws {
    try withTemporaryFolder { folder in
      let blob = "\(folder)/blob"
      try Data("blob".utf8).write(to: URL(filePath: blob))
      let model = "\(folder)/model"
      try FileManager.default.createDirectory(atPath: model, withIntermediateDirectories: true)
      try FileManager.default.createSymbolicLink(
        atPath: "\(model)/model.safetensors", withDestinationPath: "../blob")
      try RandomCheckpoint.write(.tiny(), to: model, replacing: true)
      #expect(try Data(contentsOf: URL(filePath: blob)) == Data("blob".utf8))
      _ = try Qwen3Model(folder: model, processor: testProcessor())
    }
  }

  @Test func whatDeadProcessesLeftIsRemoved() throws {
    let process = Process()
    process.executableURL = URL(filePath: "/bin/sh")
    process.arguments = ["-c", ":"]
    try process.run()
    process.waitUntilExit()
    try withTemporaryFolder { folder in
      let names = [
        "model.safetensors.\(process.processIdentifier).partial", "model.safetensors.1.partial",
        "model.safetensors.x.partial", "other.\(process.processIdentifier).partial",
      ]
      for name in names { try Data("half".utf8).write(to: URL(filePath: "\(folder)/\(name)")) }
      try RandomCheckpoint.write(.tiny(), to: folder)
      #expect(try contents(of: folder).keys.filter { $0.hasSuffix(".partial") }.sorted() == names.dropFirst().sorted())
    }
  }

  /// The files of a folder, by name.
  private func contents(of folder: String) throws -> [String: Data] {
    let names = try FileManager.default.contentsOfDirectory(atPath: folder)
    return Dictionary(
      uniqueKeysWithValues: try names.map { ($0, try Data(contentsOf: URL(filePath: "\(folder)/\($0)"))) })
  }
}
