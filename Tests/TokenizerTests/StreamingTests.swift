import RandomNumbers
import Testing
import Tokenizer

@Suite struct StreamingTests {
  @Test func piecesPutTogetherAreTheWhole() throws {
    let tokenizer = try Fixture.tokenizer("small.json")
    for seed in 0..<2000 {
      var random = SplitMix64(seed: UInt64(seed))
      // Mostly single bytes, most of which begin, continue or break characters.
      let ids = (0..<random.index(below: 16)).map { _ in
        random.index(below: random.index(below: 4) == 0 ? tokenizer.vocabularySize + 3 : 256)
      }
      for skips in [false, true] {
        var decoder = tokenizer.streamingDecoder(skipSpecialTokens: skips)
        let pieces = ids.map { decoder.append($0) } + [decoder.finish()]
        let whole = tokenizer.decode(tokens: ids, skipSpecialTokens: skips)
        #expect(pieces.joined().utf8.elementsEqual(whole.utf8), "seed \(seed)")
      }
    }
  }

  /// All sequences of one to four bytes from the corners of UTF-8: nothing is held back that cannot be completed, and
  /// nothing is shown that could be.
  @Test func onlyUnfinishedCharactersAreHeldBack() throws {
    let tokenizer = try Fixture.tokenizer("small.json")
    let bytes: [UInt8] = [
      0x41, 0x7F, 0x80, 0x8F, 0x90, 0x9F, 0xA0, 0xBF, 0xC0, 0xC1, 0xC2, 0xDF, 0xE0, 0xE1, 0xEC, 0xED, 0xEE, 0xEF, 0xF0,
      0xF1, 0xF4, 0xF5, 0xFF,
    ]
    let endings: [[UInt8]] = [0x80, 0x90, 0xA0].flatMap { first in [[first], [first, 0x80], [first, 0x80, 0x80]] }
    func check(_ sequence: [UInt8]) throws {
      var decoder = tokenizer.streamingDecoder()
      var shown = ""
      for byte in sequence { shown += decoder.append(try #require(id(of: byte, tokenizer))) }
      let held = decoder.finish()
      // What is held back is one replacement character now, and completes to a character in some way.
      let pending = Array(sequence.suffix(sequence.count - written(shown, sequence)))
      #expect(held == (pending.isEmpty ? "" : "\u{FFFD}"), "\(sequence)")
      let completes = endings.contains { String(validating: pending + $0, as: UTF8.self)?.unicodeScalars.count == 1 }
      #expect(pending.isEmpty || completes, "\(sequence)")
    }
    for first in bytes {
      try check([first])
      for second in bytes {
        try check([first, second])
        for third in bytes { try check([first, second, third]) }
      }
    }
  }

  private func id(of byte: UInt8, _ tokenizer: Tokenizer) -> Int? {
    tokenizer.convertTokenToId(ByteLevelAlphabet.encode([byte]))
  }

  /// How many bytes of `sequence` the text accounts for: the longest prefix that decodes to it.
  private func written(_ text: String, _ sequence: [UInt8]) -> Int {
    (0...sequence.count).last { String(decoding: sequence[..<$0], as: UTF8.self).utf8.elementsEqual(text.utf8) } ?? 0
  }

  @Test func charactersAppearWhenTheyAreComplete() throws {
    let tokenizer = try Fixture.tokenizer("small.json")
    var decoder = tokenizer.streamingDecoder()
    let ids = Array("é😀a".utf8).compactMap { id(of: $0, tokenizer) }
    #expect(ids.map { decoder.append($0) } == ["", "é", "", "", "", "😀", "a"])
    #expect(decoder.finish() == "")
  }
}
