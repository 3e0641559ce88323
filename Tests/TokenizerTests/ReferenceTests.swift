import ChatTemplate
import Testing
import Tokenizer

/// What Hugging Face's `tokenizers` makes of the same texts; `Fixtures/make_fixtures.py` asked it.
@Suite struct ReferenceTests {
  @Test(arguments: [
    ("small.json", "small_cases.json"), ("merges_first.json", "small_cases.json"), ("flags.json", "flags_cases.json"),
    ("bytes.json", "bytes_cases.json"),
  ])
  func textsHaveTheReferencesIDs(_ file: String, _ casesFile: String) throws {
    let tokenizer = try Fixture.tokenizer(file)
    let cases = try #require(try Fixture.json(casesFile).arrayValue)
    #expect(cases.count > 100)
    for entry in cases {
      let text = try #require(entry["text"]?.stringValue)
      let ids = try #require(entry["ids"]?.integers)
      #expect(tokenizer.encode(text: text) == ids, "\(text.debugDescription)")
      let bare = entry["bare"]?.integers ?? ids
      #expect(tokenizer.encode(text: text, addSpecialTokens: false) == bare, "\(text.debugDescription)")
      let decoded = entry["decoded"]?.stringValue ?? text
      #expect(tokenizer.decode(tokens: ids).utf8.elementsEqual(decoded.utf8), "\(text.debugDescription)")
      let skipped = entry["skipped"]?.stringValue ?? decoded
      let ours = tokenizer.decode(tokens: ids, skipSpecialTokens: true)
      #expect(ours.utf8.elementsEqual(skipped.utf8), "\(text.debugDescription)")
    }
  }

  @Test func idsInAnyOrderDecodeAsTheReferenceDecodesThem() throws {
    let tokenizer = try Fixture.tokenizer("small.json")
    let cases = try #require(try Fixture.json("small_decodings.json").arrayValue)
    #expect(cases.count == 200)
    for entry in cases {
      let ids = try #require(entry["ids"]?.integers)
      let decoded = try #require(entry["decoded"]?.stringValue)
      #expect(tokenizer.decode(tokens: ids).utf8.elementsEqual(decoded.utf8), "\(ids)")
      let skipped = entry["skipped"]?.stringValue ?? decoded
      #expect(tokenizer.decode(tokens: ids, skipSpecialTokens: true).utf8.elementsEqual(skipped.utf8), "\(ids)")
    }
  }
}
