import Foundation
import LanguageModel
import Testing

/// Every way in which a folder can be wrong ends in one line that names the file and the fault.
@Suite struct CheckpointErrorTests {
  /// What opening a damaged copy of a fixture says.
  private func complaint(_ name: String, _ damage: (_ folder: String) throws -> Void) throws -> LanguageModelError? {
    try withTemporaryFolder { folder in
      try copy(try Fixture(name), to: folder)
      try damage(folder)
      do {
        _ = try Qwen3Model(folder: folder, processor: testProcessor())
        return nil
      } catch let error as LanguageModelError {
        #expect(!error.description.contains("\n"))
        return error
      }
    }
  }

  private func expect(
    _ error: LanguageModelError?, _ kind: LanguageModelError.Kind, _ words: String...,
    location: SourceLocation = #_sourceLocation
  ) {
    #expect(error?.kind == kind, "\(error?.description ?? "nothing")", sourceLocation: location)
    for word in words {
      #expect(
        error?.description.contains(word) == true, "\(error?.description ?? "nothing"): \(word)",
        sourceLocation: location)
    }
  }

  private func bytes(_ path: String) throws -> Data { try Data(contentsOf: URL(filePath: path)) }

  private func write(_ data: Data, _ path: String) throws { try data.write(to: URL(filePath: path)) }

  /// Replaces text in a header, with text of the same length.
  private func changeHeader(_ path: String, _ old: String, _ new: String) throws {
    var data = try bytes(path)
    let range = try #require(data.range(of: Data(old.utf8)))
    #expect(old.utf8.count == new.utf8.count)
    data.replaceSubrange(range, with: Data(new.utf8))
    try write(data, path)
  }

  @Test func missingFilesAreNamed() throws {
    expect(
      try complaint("tied") { try FileManager.default.removeItem(atPath: "\($0)/config.json") }, .inaccessible,
      "config.json")
    expect(
      try complaint("tied") { try FileManager.default.removeItem(atPath: "\($0)/model.safetensors") }, .inaccessible,
      "model.safetensors")
    let shard = "model-00002-of-00003.safetensors"
    expect(
      try complaint("untied") { try FileManager.default.removeItem(atPath: "\($0)/\(shard)") }, .missingShard, shard)
  }

  /// Opening a pipe would wait for somebody who writes into it.
  @Test func aPipeIsRefusedAtOnce() throws {
    for name in ["config.json", "model.safetensors"] {
      let error = try complaint("tied") { folder in
        try FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        #expect(mkfifo("\(folder)/\(name)", 0o600) == 0)
      }
      expect(error, .inaccessible, name, "regular file")
    }
  }

  @Test func aFolderInAFilesPlaceIsNamed() throws {
    for name in ["config.json", "generation_config.json"] {
      let error = try complaint("tied") { folder in
        try? FileManager.default.removeItem(atPath: "\(folder)/\(name)")
        try FileManager.default.createDirectory(atPath: "\(folder)/\(name)", withIntermediateDirectories: false)
      }
      expect(error, .inaccessible, name, "found a folder")
    }
  }

  @Test func lineBreaksInNamesAreEscaped() throws {
    let index = "{\"weight_map\":{\"model.norm.weight\":\"a\\nb\"}}"
    expect(
      try complaint("untied") { try write(Data(index.utf8), "\($0)/model.safetensors.index.json") }, .missingShard,
      #"a\nb"#)
    expect(try complaint("tied") { try configure($0, ["architectures": ["x\r\ny"]]) }, .unsupported, #"x\r\ny"#)
  }

  @Test func aShardWithoutItsTailIsTruncated() throws {
    let shard = "model-00003-of-00003.safetensors"
    for missing in [1, 2, 1000] {
      let error = try complaint("untied") { folder in
        let data = try bytes("\(folder)/\(shard)")
        try write(data.dropLast(missing), "\(folder)/\(shard)")
      }
      expect(error, .truncated, shard)
    }
  }

  @Test func everyLengthIsRefusedOrWhole() throws {
    let data = try bytes("\(Fixture("yarn").folder)/model.safetensors")
    for length in [0, 1, 7, 8, 9, 100, 1000, data.count - 1] {
      let error = try complaint("yarn") { try write(data.prefix(length), "\($0)/model.safetensors") }
      expect(error, .truncated, "model.safetensors")
    }
  }

  @Test func absurdHeadersAreRefused() throws {
    for (header, kind) in [
      ("", .malformed), ("[]", .malformed), ("{", .malformed), ("{\"a\":1}", .malformed),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,4]}}", .malformed),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[-1],\"data_offsets\":[0,4]}}", .malformed),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[4,0]}}", .malformed),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0]}}", .malformed),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[4611686018427387904,4],\"data_offsets\":[0,4]}}", .malformed),
      ("{\"a\":{\"dtype\":\"F32\",\"shape\":[1],\"data_offsets\":[0,9223372036854775807]}}", .truncated),
    ] as [(String, LanguageModelError.Kind)] {
      expect(try headed(header, dataCount: 4), kind, "model.safetensors")
    }
    let error = try complaint("tied") { try write(Data(repeating: 0xff, count: 64), "\($0)/model.safetensors") }
    expect(error, .malformed, "model.safetensors")
  }

  /// What opening a model says whose one file has this header.
  private func headed(_ header: String, dataCount: Int) throws -> LanguageModelError? {
    try complaint("tied") { folder in
      let length = withUnsafeBytes(of: UInt64(header.utf8.count).littleEndian) { Data($0) }
      try write(length + Data(header.utf8) + Data(count: dataCount), "\(folder)/model.safetensors")
    }
  }

  /// A header of F32 tensors, each a name and its bytes.
  private func header(_ tensors: [(String, Range<Int>)], before: String = "") -> String {
    let entries = tensors.map { name, bytes in
      #""\#(name)":{"dtype":"F32","shape":[\#(bytes.count / 4)],"#
        + #""data_offsets":[\#(bytes.lowerBound),\#(bytes.upperBound)]}"#
    }
    return "{" + before + entries.joined(separator: ",") + "}"
  }

  @Test func tensorsMustFillTheFileWithoutGapOrOverlap() throws {
    let metadata = #""__metadata__":{"format":"pt"},"#
    for (tensors, count) in [
      ([("a", 0..<8)], 8), ([("b", 8..<12), ("a", 0..<8)], 12), ([("a", 0..<0), ("b", 0..<4), ("c", 4..<4)], 4),
      ([], 0),
    ] as [([(String, Range<Int>)], Int)] {
      // The format has nothing against them, only the model.
      expect(try headed(header(tensors), dataCount: count), .missingTensor, "model.embed_tokens.weight")
      if tensors.isEmpty { continue }
      expect(try headed(header(tensors, before: metadata), dataCount: count), .missingTensor)
    }
    for (tensors, count, word) in [
      ([("a", 0..<8), ("b", 4..<12)], 12, "b: expected data_offsets that begin at 8"),
      ([("a", 0..<8), ("b", 0..<8)], 8, "expected data_offsets that begin at 8"),
      ([("a", 0..<8), ("b", 12..<16)], 16, "b: expected data_offsets that begin at 8"),
      ([("a", 4..<8)], 8, "a: expected data_offsets that begin at 0"), ([("a", 0..<8)], 9, "found 1 bytes more"),
      ([], 4, "found 4 bytes more"), ([("a", 0..<4), ("a", 4..<8)], 8, "'a' again"),
    ] as [([(String, Range<Int>)], Int, String)] {
      expect(try headed(header(tensors), dataCount: count), .malformed, "model.safetensors", word)
    }
  }

  @Test func headersThatTheFormatForbidsAreRefused() throws {
    for (text, word) in [
      (header([("a", 0..<4)], before: #""__metadata__":[],"#), "__metadata__"),
      (header([("a", 0..<4)], before: #""__metadata__":{"format":1},"#), "__metadata__"),
      (header([("a", 0..<4)], before: #""__metadata__":{},"__metadata__":{},"#), "'__metadata__' again"),
      (" " + header([("a", 0..<4)]), "'{' as the first byte"), (header([("a", 0..<4)]) + "x", "the end of the text"),
      (#"{"a":{"dtype":"F32","dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#, "'dtype' of 'a' once"),
      (#"{"a":{"dtype":"F64","shape":[1],"data_offsets":[0,4]}}"#, "does not fill its 4 bytes"),
      (#"{"a":{"shape":[1],"data_offsets":[0,4]}}"#, "expected a dtype"),
    ] {
      expect(try headed(text, dataCount: 4), .malformed, "model.safetensors", word)
    }
  }

  /// As transformers reads such a folder.
  @Test func theOneFileCountsWhereThereIsAnIndexToo() throws {
    let index = #"{"weight_map":{"model.norm.weight":"model-00001-of-00001.safetensors"}}"#
    #expect(try complaint("tied") { try write(Data(index.utf8), "\($0)/model.safetensors.index.json") } == nil)
  }

  @Test func tensorsThatDoNotFitAreNamed() throws {
    let norm = "model.layers.1.self_attn.q_norm.weight"
    expect(
      try complaint("tied") {
        try changeHeader("\($0)/model.safetensors", norm, norm.replacing("q_norm", with: "x_norm"))
      },
      .missingTensor, norm)
    expect(
      try complaint("tied") { try changeHeader("\($0)/model.safetensors", "[101,44]", "[44,101]") }, .wrongShape,
      "model.embed_tokens.weight", "[101, 44]", "[44, 101]")
    expect(
      try complaint("tied") { folder in
        let path = "\(folder)/model.safetensors"
        var data = try bytes(path)
        while let range = data.range(of: Data("\"F32\"".utf8)) {
          data.replaceSubrange(range, with: Data("\"I32\"".utf8))
        }
        try write(data, path)
      }, .wrongType, "I32", "BF16")
  }

  @Test func anIndexThatLiesIsNamed() throws {
    let index = "model.safetensors.index.json"
    func change(_ folder: String, _ old: String, _ new: String) throws {
      let text = String(decoding: try bytes("\(folder)/\(index)"), as: UTF8.self)
      #expect(text.contains(old))
      try write(Data(text.replacing(old, with: new).utf8), "\(folder)/\(index)")
    }
    expect(
      try complaint("untied") { try change($0, "\"model.norm.weight\"", "\"model.norm.weights\"") }, .missingTensor,
      "model.norm.weights")
    expect(try complaint("untied") { try change($0, "weight_map", "weightmap_") }, .malformed, index)
    expect(
      try complaint("untied") { try change($0, "model-00001-of-00003.safetensors", "../tied/model.safetensors") },
      .malformed, index)
    expect(try complaint("untied") { try write(Data("nothing".utf8), "\($0)/\(index)") }, .malformed, index)
  }

  @Test func configurationsThatCannotBeAreRefused() throws {
    for (changes, kind, word) in [
      (["architectures": ["LlamaForCausalLM"]], .unsupported, "LlamaForCausalLM"),
      (["architectures": nil, "model_type": "qwen2"], .unsupported, "qwen2"),
      (["hidden_size": nil], .configuration, "hidden_size"), (["hidden_size": "64"], .configuration, "hidden_size"),
      (["hidden_size": -1], .configuration, "hidden_size"), (["hidden_size": 1.5], .configuration, "hidden_size"),
      (["hidden_size": 1 << 40], .configuration, "hidden_size"), (["head_dim": nil], .configuration, "head_dim"),
      (["head_dim": 9], .configuration, "head_dim"), (["num_hidden_layers": 0], .configuration, "num_hidden_layers"),
      (["num_key_value_heads": 4], .configuration, "num_key_value_heads"),
      (["num_attention_heads": 1 << 30, "num_key_value_heads": 1], .configuration, "num_attention_heads"),
      (["hidden_act": "tanh"], .unsupported, "tanh"), (["attention_bias": true], .unsupported, "attention_bias"),
      (["use_sliding_window": true], .unsupported, "use_sliding_window"),
      (["rope_scaling": ["type": "linear", "factor": 2]], .unsupported, "linear"),
      (["rope_scaling": ["rope_type": "yarn", "factor": 0]], .configuration, "factor"),
      (["rope_theta": 0], .configuration, "rope_theta"), (["rms_norm_eps": "small"], .configuration, "rms_norm_eps"),
      (["rms_norm_eps": 1e300], .configuration, "rms_norm_eps"),
      (
        ["rope_scaling": ["rope_type": "yarn", "factor": 2, "attention_factor": 1e300]], .configuration,
        "attention_factor"
      ),
      (["quantization_config": ["quant_method": "awq"]], .unsupported, "awq"),
      (["num_hidden_layers": -1], .configuration, "num_hidden_layers must be an integer from 1"),
      (["num_hidden_layers": 0], .configuration, "num_hidden_layers must be an integer from 1"),
      (["num_hidden_layers": 3], .missingTensor, "model.layers.2"),
      (["vocab_size": 100], .wrongShape, "model.embed_tokens.weight"),
      (["tie_word_embeddings": false], .missingTensor, "lm_head.weight"),
      (["eos_token_id": "end"], .configuration, "eos_token_id"),
    ] as [([String: Any?], LanguageModelError.Kind, String)] {
      let error = try complaint("tied") { try configure($0, changes) }
      #expect(
        error?.kind == kind && error?.description.contains(word) == true,
        "\(changes): \(error?.description ?? "nothing")")
    }
    for (changes, word) in [
      (["num_experts": nil], "num_experts is missing"),
      (["num_experts": 0], "num_experts must be an integer from 1"),
      (["num_experts_per_tok": 9], "num_experts_per_tok"),
      (["moe_intermediate_size": 0], "moe_intermediate_size"), (["mlp_only_layers": ["a"]], "mlp_only_layers"),
      (["decoder_sparse_step": 0], "decoder_sparse_step"), (["num_experts": 70_000], "num_experts must"),
      (["moe_intermediate_size": 1 << 25], "moe_intermediate_size"),
    ] as [([String: Any?], String)] {
      expect(try complaint("mixture") { try configure($0, changes) }, .configuration, word)
    }
  }

  @Test func whatIsNoJSONIsPlaced() throws {
    let text = "{\n  \"rms_norm_eps\": NaN}"
    expect(
      try complaint("tied") { try write(Data(text.utf8), "\($0)/config.json") }, .malformed, "config.json", "line 2")
  }

  @Test func generationDefaultsAreChecked() throws {
    for (text, word) in [
      ("{\"top_p\":3}", "top_p must be from 0 to 1"), ("[]", "JSON"), ("{\"eos_token_id\":[1,-2]}", "eos_token_id"),
    ] {
      let error = try complaint("tied") { try write(Data(text.utf8), "\($0)/generation_config.json") }
      #expect(error?.description.contains(word) == true && error?.file?.contains("generation_config") == true)
    }
  }
}
