import Foundation
import RandomNumbers
import Testing
import Transformer

@Suite struct SafetensorsFormatTests {
  private static let small: Result<TransformerModel, any Error> = Result {
    try TransformerModel.random(width: 4, layers: 1, neurons: 1, metadata: ["prompt": "start", "quote": "\"\\"])
  }

  /// The bytes of a file with another header in front of the same data.
  private static func bytes(header: String, data: ArraySlice<UInt8> = []) -> [UInt8] {
    let text = Array(header.utf8)
    return (0..<8).map { UInt8(truncatingIfNeeded: text.count >> (8 * $0)) } + text + data
  }

  /// The header's text and the data of a file.
  private static func split(_ bytes: [UInt8]) -> (header: String, data: ArraySlice<UInt8>) {
    let length = (0..<8).reduce(0) { $0 | Int(bytes[$1]) << (8 * $1) }
    return (String(decoding: bytes[8..<8 + length], as: UTF8.self), bytes[(8 + length)...])
  }

  @Test func anotherJSONReaderUnderstandsTheHeader() throws {
    let model = try Self.small.get()
    let bytes = model.safetensorsBytes()
    let (header, data) = Self.split(bytes)
    #expect(header.utf8.count.isMultiple(of: 8))
    let root = try #require(try JSONSerialization.jsonObject(with: Data(header.utf8)) as? [String: Any])
    #expect(root.count == 7)
    let inProjection = try #require(root["layers.0.attention.in_proj.weight"] as? [String: Any])
    #expect(inProjection["dtype"] as? String == "F64")
    #expect(inProjection["shape"] as? [Int] == [12, 4])
    let limits = try #require(inProjection["data_offsets"] as? [Int])
    let first = data[(data.startIndex + limits[0])...].prefix(8).enumerated().reduce(UInt64(0)) {
      $0 | UInt64($1.element) << UInt64(8 * $1.offset)
    }
    #expect(first == model.layers[0].inProjection[0, 0].bitPattern)
    let metadata = try #require(root["__metadata__"] as? [String: String])
    let configuration = try #require(metadata["configuration"])
    let settings = try #require(try JSONSerialization.jsonObject(with: Data(configuration.utf8)) as? [String: Any])
    #expect(settings["vocabulary"] as? [String] == model.vocabulary)
    #expect(settings["metadata"] as? [String: String] == model.metadata)
    #expect(settings["eos_token_id"] as? Int == model.stopToken)
    let beside = try JSONSerialization.jsonObject(with: Data(model.configurationBytes()))
    #expect(settings as NSDictionary == beside as? NSDictionary)
  }

  /// Names out of a header may hold line ends and orders to a terminal.
  @Test func errorsAreOneLineWhateverAFileHolds() throws {
    let header = #"{"a\u001b[31mX\nb":1,"a\u001b[31mX\nb":2}"#
    #expect {
      try TransformerModel(safetensors: Self.bytes(header: header))
    } throws: { error in
      "\(error)".contains(#"found the second a\u{1B}[31mX\nb"#)
    }
    let error = TransformerError(.malformed, "found \u{7}\u{2028}", file: "x\ny", byte: 3)
    #expect("\(error)" == #"x\ny: byte 3: found \u{07}\u{2028}"#)
    #expect("\(TransformerError(.malformed, "found x", byte: 3))" == "byte 3: found x")
  }

  @Test func everyBitSurvives() throws {
    for (width, layers, neurons) in [(6, 2, 3), (4, 0, 0), (4, 1, 0), (10, 12, 1)] {
      let model = try TransformerModel.random(
        width: width, layers: layers, neurons: neurons, metadata: ["a": "b", "": "\u{0}\n"])
      let again = try TransformerModel(safetensors: model.safetensorsBytes())
      #expect(again == model)
      #expect(again.bits == model.bits)
      #expect(again.vocabulary.map { Array($0.utf8) } == model.vocabulary.map { Array($0.utf8) })
    }
  }

  @Test func theConfigurationMayLieBesideTheFile() throws {
    let model = try Self.small.get()
    let (header, data) = Self.split(model.safetensorsBytes())
    var root = try #require(try JSONSerialization.jsonObject(with: Data(header.utf8)) as? [String: Any])
    root["__metadata__"] = nil
    let rewritten = String(decoding: try JSONSerialization.data(withJSONObject: root), as: UTF8.self)
    let bytes = Self.bytes(header: rewritten, data: data)
    #expect(try TransformerModel(safetensors: bytes, configuration: model.configurationBytes()) == model)
    let error = failure { () throws(TransformerError) in try TransformerModel(safetensors: bytes) }
    #expect(error?.kind == .malformed)
  }

  @Test func everyEndIsAnError() throws {
    let bytes = try Self.small.get().safetensorsBytes()
    for end in bytes.indices {
      let error = failure { () throws(TransformerError) in
        try TransformerModel(safetensors: Array(bytes[..<end]))
      }
      #expect(error != nil, "cut at \(end)")
      #expect(error?.byte.map { $0 <= end } == true, "cut at \(end)")
    }
    #expect(
      failure { () throws(TransformerError) in try TransformerModel(safetensors: bytes + [0]) }?.kind == .oversized)
  }

  @Test(arguments: [
    ("\"F64\"", "\"F32\""), ("\"F64\"", "\"F128\""), ("[12,4]", "[4,12]"), ("[12,4]", "[12,5]"), ("[12,4]", "[-12,-4]"),
    ("[12,4]", "[4611686018427387904,4]"), ("[12,4]", "[1e2,4]"), ("\"data_offsets\":[0,", "\"data_offsets\":[8,"),
    ("\"data_offsets\":[0,", "\"data_offsets\":[-8,"), ("embed.weight", "embed.weights"), ("\"shape\"", "\"shapes\""),
    ("head.weight", "embed.weight"), ("\"format\":\"pt\"", "\"format\":\"pt"),
    ("\\\"num_attention_heads\\\":2", "\\\"num_attention_heads\\\":3"),
    ("\\\"hidden_size\\\":4", "\\\"hidden_size\\\":1000000000"),
    ("\\\"num_hidden_layers\\\":1", "\\\"num_hidden_layers\\\":2000000000"),
    ("\\\"eos_token_id\\\":6", "\\\"eos_token_id\\\":7"), ("\\\"vocab_size\\\":7", "\\\"vocab_size\\\":8"),
    ("\\\"tie_rules\\\":[[", "\\\"tie_rules\\\":[[\\\"latest\\\","),
    ("\\\"tie_rules\\\":[", "\\\"tie_rules\\\":[[],"), ("\\\"tie_rules\\\":[[", "\\\"tie_rules\\\":[[0,"),
    ("\\\"head_dim\\\":2", "\\\"head_dim\\\":2,\\\"head_dim\\\":2"),
    ("\\\"erased_after_ffn\\\":[[", "\\\"erased_after_ffn\\\":[[4,"),
  ])
  func wrongHeadersAreRefused(old: String, new: String) throws {
    let (header, data) = Self.split(try Self.small.get().safetensorsBytes())
    let place = try #require(header.range(of: old))
    let bytes = Self.bytes(header: header.replacingCharacters(in: place, with: new), data: data)
    let error = failure { () throws(TransformerError) in try TransformerModel(safetensors: bytes) }
    #expect(error != nil)
    #expect(error?.description.contains("\n") == false)
  }

  @Test(arguments: [
    UInt64.max, 0x7FFF_FFFF_FFFF_FFFF, 100_000_001, 100_000_000, 0,
  ])
  func absurdHeaderLengthsAreRefused(length: UInt64) {
    let bytes = (0..<8).map { UInt8(truncatingIfNeeded: length >> (8 * $0)) } + [UInt8(ascii: "{")]
    #expect(failure { () throws(TransformerError) in try TransformerModel(safetensors: bytes) } != nil)
  }

  @Test func changedBytesEndInAModelOrAnError() throws {
    let seed: UInt64 = 21
    var generator = SplitMix64(seed: seed)
    let bytes = try Self.small.get().safetensorsBytes()
    let header = Self.split(bytes).header.utf8.count + 8
    var models = 0
    for round in 0..<5_000 {
      var changed = bytes
      let place = Int.random(in: 0..<(round.isMultiple(of: 4) ? bytes.count : header), using: &generator)
      changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      guard let model = try? TransformerModel(safetensors: changed) else { continue }
      models += 1
      let again = try TransformerModel(safetensors: model.safetensorsBytes())
      #expect(again.bits == model.bits, "seed \(seed), round \(round)")
    }
    #expect(models > 100)
  }
}
