import RandomNumbers
import Testing
import Transformer

@Suite struct BinaryFormatTests {
  /// A file written down by hand: two tokens, d_model 4, one layer, two heads, one neuron.
  private static let byHand: [UInt8] = {
    var bytes: [UInt8] = [
      2, 0, 0, 0, 4, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 1, 0, 0, 0,  // V, D, layers, heads, F, stop
      2, 0, 0, 0, 0x68, 0x69, 2, 0, 0, 0, 0xC3, 0xA9,  // "hi", "é"
    ]
    // 8 embedding, 48 in_proj, 16 out_proj, 8 ff_in, 4 ff_out, 8 head: the n-th weight is n.
    for weight in 0..<92 {
      let pattern = Double(weight).bitPattern
      bytes += (0..<8).map { UInt8(truncatingIfNeeded: pattern >> (8 * $0)) }
    }
    bytes += [1, 0, 0, 0, 1, 0, 0, 0, 3, 0, 0, 0, 0, 0, 0, 0]  // erased: [3] after attention, none after the FFN
    bytes += [1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 0, 0]  // latest, average
    bytes += [1, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0]  // gather, passthrough
    return bytes
  }()

  /// Where the file by hand may end: after the weights and after each trailing section.
  private static let legalEnds = [36 + 736, 36 + 736 + 16, 36 + 736 + 28, 36 + 736 + 40]

  @Test func aFileWrittenByHandIsUnderstood() throws {
    let model = try TransformerModel(binary: Self.byHand)
    #expect(model.vocabulary == ["hi", "é"])
    #expect(model.stopToken == 1)
    #expect(model.embedding.elements == (0..<8).map(Double.init))
    let layer = try #require(model.layers.first)
    #expect(layer.inProjection[11, 3] == 55)
    #expect(layer.outProjection[0, 0] == 56)
    #expect(layer.feedForwardIn[1, 0] == 76)
    #expect(layer.feedForwardOut[3, 0] == 83)
    #expect(model.head[1, 3] == 91)
    #expect(layer.erasedAfterAttention == [3])
    #expect(layer.erasedAfterFeedForward.isEmpty)
    #expect(layer.tieRules == [.latest, .average])
    #expect(layer.headRoles == [.gather, .passthrough])
    #expect(model.binaryBytes() == Self.byHand)
  }

  @Test func trailingSectionsMayBeAbsent() throws {
    for end in Self.legalEnds {
      let model = try TransformerModel(binary: Array(Self.byHand[..<end]))
      let layer = try #require(model.layers.first)
      #expect(layer.erasedAfterAttention == (end >= Self.legalEnds[1] ? [3] : []))
      #expect(layer.tieRules == (end >= Self.legalEnds[2] ? [.latest, .average] : [.average, .average]))
      #expect(layer.headRoles == (end >= Self.legalEnds[3] ? [.gather, .passthrough] : [.lookup, .lookup]))
    }
  }

  @Test func everyOtherEndIsTruncated() {
    for end in 0..<Self.byHand.count where !Self.legalEnds.contains(end) {
      let error = failure { () throws(TransformerError) in
        try TransformerModel(binary: Array(Self.byHand[..<end]))
      }
      #expect(error?.kind == .truncated, "cut at \(end)")
      #expect(error?.byte.map { $0 <= end } == true, "cut at \(end)")
    }
  }

  @Test(arguments: [
    (0, 0, "vocabulary size"), (0, -1, "vocabulary size"), (4, 3, "d_model"), (4, 2, "d_model"), (8, -1, "layer"),
    (12, 3, "head count"), (16, -5, "d_ffn"), (20, 2, "stop token"), (20, -1, "stop token"), (36 + 736, 2, "flag"),
    (36 + 736 + 4, -1, "number of slots"), (36 + 736 + 8, 4, "slots erased"), (36 + 736 + 8, -1, "slots erased"),
    (36 + 736 + 20, 2, "tie rule"), (36 + 736 + 36, 3, "role"),
  ])
  func wrongNumbersAreNamedWithTheirByte(offset: Int, value: Int, what: String) {
    let error = failure { () throws(TransformerError) in
      try TransformerModel(binary: Self.byHand.replacing(int32: value, at: offset))
    }
    #expect(error?.kind == .inconsistent)
    #expect(error?.byte == offset)
    #expect(error?.message.contains(what) == true, "\(error?.message ?? "no error")")
  }

  @Test(arguments: [0, 4, 8, 16, 24, 36 + 736 + 4])
  func claimsBeyondTheFileAreRefusedBeforeAnythingIsAllocated(offset: Int) {
    for claim in [0x7FFF_FFFE, 0x4000_0000, 1_000_000] {
      var bytes = Self.byHand.replacing(int32: claim, at: offset)
      if offset == 4 { bytes = bytes.replacing(int32: claim / 2, at: 12) }
      let error = failure { () throws(TransformerError) in try TransformerModel(binary: bytes) }
      #expect(error?.kind == .truncated, "claim \(claim) at \(offset)")
    }
  }

  @Test func allClaimsAtOnceDoNotOverflow() {
    var bytes = Self.byHand
    for (offset, value) in [(4, 0x7FFF_FFFE), (8, 0x7FFF_FFFF), (12, 0x3FFF_FFFF), (16, 0x7FFF_FFFF)] {
      bytes = bytes.replacing(int32: value, at: offset)
    }
    #expect(failure { () throws(TransformerError) in try TransformerModel(binary: bytes) }?.kind == .truncated)
  }

  @Test func moreBytesThanNeededAreRefused() {
    let error = failure { () throws(TransformerError) in try TransformerModel(binary: Self.byHand + [0]) }
    #expect(error?.kind == .oversized)
    #expect(error?.byte == Self.byHand.count)
  }

  @Test func weightsMustBeFinite() {
    var bytes = Self.byHand
    bytes.replaceSubrange(36 + 80..<36 + 88, with: [0, 0, 0, 0, 0, 0, 0xF8, 0x7F])
    let error = failure { () throws(TransformerError) in try TransformerModel(binary: bytes) }
    #expect(error?.kind == .inconsistent)
    #expect(error?.byte == 36 + 80)
    #expect(error?.message.hasPrefix("in_proj of layer 0") == true)
  }

  @Test func namesMustBeTextAndDifferent() {
    var bytes = Self.byHand
    bytes[28] = 0xFF
    #expect(failure { () throws(TransformerError) in try TransformerModel(binary: bytes) }?.kind == .malformed)
    bytes.replaceSubrange(28..<30, with: [0xC3, 0xA9])
    let error = failure { () throws(TransformerError) in try TransformerModel(binary: bytes) }
    #expect(error?.kind == .inconsistent)
    #expect(error?.byte == 30)
  }

  @Test func everyBitSurvives() throws {
    for (width, layers, neurons) in [(6, 2, 3), (4, 0, 0), (4, 1, 0), (10, 3, 1)] {
      let model = try TransformerModel.random(width: width, layers: layers, neurons: neurons)
      let again = try TransformerModel(binary: model.binaryBytes())
      #expect(again == model)
      #expect(again.bits == model.bits)
      #expect(again.vocabulary.map { Array($0.utf8) } == model.vocabulary.map { Array($0.utf8) })
    }
  }

  @Test func changedBytesEndInAModelOrAnError() throws {
    let seed: UInt64 = 20
    var generator = SplitMix64(seed: seed)
    let bytes = try TransformerModel.random(width: 4, layers: 2, neurons: 1).binaryBytes()
    var models = 0
    for round in 0..<20_000 {
      var changed = bytes
      for _ in 0..<Int.random(in: 1...3, using: &generator) {
        // Half of the changes hit the numbers before and after the weights, where they mean most.
        let edge = Bool.random(using: &generator)
        let tail = Int.random(in: bytes.count - 88..<bytes.count, using: &generator)
        let front = Int.random(in: 0..<24, using: &generator)
        let place =
          edge ? (Bool.random(using: &generator) ? front : tail) : Int.random(in: bytes.indices, using: &generator)
        changed[place] ^= 1 << UInt8.random(in: 0..<8, using: &generator)
      }
      guard let model = try? TransformerModel(binary: changed) else { continue }
      models += 1
      let again = try TransformerModel(binary: model.binaryBytes())
      #expect(again.bits == model.bits, "seed \(seed), round \(round)")
    }
    #expect(models > 1000)
  }
}

extension [UInt8] {
  /// The same bytes with four of them replaced by a little-endian number.
  func replacing(int32 value: Int, at offset: Int) -> [UInt8] {
    var bytes = self
    for index in 0..<4 { bytes[offset + index] = UInt8(truncatingIfNeeded: value >> (8 * index)) }
    return bytes
  }
}
