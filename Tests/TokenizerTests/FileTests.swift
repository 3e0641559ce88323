import ChatTemplate
import Foundation
import RandomNumbers
import Testing
import Tokenizer

@Suite struct FileTests {
  private func read(_ text: String) throws -> Tokenizer {
    try Tokenizer(tokenizerJSON: Array(text.utf8), path: "folder/tokenizer.json")
  }

  /// A file with one part of it replaced.
  private func file(
    normalizer: String = "null", preTokenizer: String = #"{"type": "ByteLevel", "use_regex": false}"#,
    postProcessor: String = "null", decoder: String = #"{"type": "ByteLevel"}"#, added: String = "[]",
    model: String = #""vocab": {"a": 0, "b": 1, "ab": 2, \#(FileTests.otherBytes)}, "merges": [["a", "b"]]"#
  ) -> String {
    """
    {"added_tokens": \(added), "normalizer": \(normalizer), "pre_tokenizer": \(preTokenizer),
    "post_processor": \(postProcessor), "decoder": \(decoder), "model": {"type": "BPE", \(model)}}
    """
  }

  /// The tokens of all bytes but a and b, from 100 on.
  private static let otherBytes = (UInt8.min...UInt8.max).filter { ![97, 98].contains($0) }.enumerated()
    .map { "\(JSONValue.string(ByteLevelAlphabet.encode([$1])).jsonText): \(100 + $0)" }.joined(separator: ", ")

  @Test func theSmallestFileIsRead() throws {
    let tokenizer = try read(file())
    #expect(tokenizer.encode(text: "abba") == [2, 1, 0])
    #expect(tokenizer.vocabularySize == 354)
    #expect(tokenizer.eosTokenId == nil)
  }

  @Test func tokensThatNoMergesMakeAreFoundOnlyWhenMergesAreIgnored() throws {
    let model = #""vocab": {"a": 0, "b": 1, "ab": 2, "ba": 3, \#(Self.otherBytes)}, "merges": ["a b"]"#
    #expect(try read(file(model: model)).encode(text: "ba") == [1, 0])
    #expect(try read(file(model: model + #", "ignore_merges": true"#)).encode(text: "ba") == [3])
  }

  /// A byte without a token would vanish from what the model reads.
  @Test func vocabulariesWithoutAByteAreRefusedUnlessSomethingStandsForIt() throws {
    let some = #""vocab": {"a": 0, "b": 1, "ab": 2}, "merges": [["a", "b"]]"#
    check(file(model: some), .invalidEntry, "a token for each byte in 'vocab', but 'Ā' for byte 0 is missing")
    check(file(model: some + #", "unk_token": "c""#), .invalidEntry, "a token for each byte")
    #expect(try read(file(model: some + #", "unk_token": "b""#)).encode(text: "ca") == [1, 0])
  }

  @Test func idsThatComeTwiceAreRefused() {
    let model = #""vocab": {"a": 0, "b": 1, "ab": 1, \#(Self.otherBytes)}, "merges": []"#
    check(file(model: model), .invalidEntry, "an id of its own for 'ab', found 1 again")
  }

  @Test func mergesThatAreNoPairsOfTokensAreRefused() {
    for (merges, kind, message) in [
      (#"[["a", "c"]]"#, TokenizerError.Kind.unknownToken, "merge 0 in the vocabulary, but 'c' is not"),
      (#"["a b", "b a"]"#, .unknownToken, "merge 1 in the vocabulary, but 'ba' is not"),
      (#"["ab"]"#, .invalidEntry, "merge 0 to be two tokens with a space between them"),
      (#"["a b c"]"#, .invalidEntry, "merge 0 to be two tokens"), (#"[["a"]]"#, .invalidEntry, "a merge of two tokens"),
      (#"[["a", "b", "c"]]"#, .invalidEntry, "a merge of two tokens"), ("[1]", .invalidEntry, "expected a string"),
      ("{}", .invalidEntry, "expected an array"),
    ] {
      check(file(model: #""vocab": {"a": 0, "b": 1, "ab": 2}, "merges": \#(merges)"#), kind, message)
    }
  }

  @Test func whatIsNotImplementedIsRefused() {
    check(file(normalizer: #"{"type": "Lowercase"}"#), .unsupported, "the normalizer NFC or none, found 'Lowercase'")
    check(
      file(normalizer: #"{"type": "Sequence", "normalizers": [{"type": "NFC"}, {"type": "NFD"}]}"#), .unsupported,
      "found 'NFD'")
    check(file(preTokenizer: "null"), .unsupported, "a pre-tokenizer that ends in ByteLevel")
    check(file(preTokenizer: #"{"type": "Whitespace"}"#), .unsupported, "found 'Whitespace'")
    check(file(preTokenizer: #"{"type": "ByteLevel", "add_prefix_space": true}"#), .unsupported, "no space in front")
    func split(_ step: String) -> String {
      #"{"type": "Sequence", "pretokenizers": [\#(step), {"type": "ByteLevel", "use_regex": false}]}"#
    }
    check(file(preTokenizer: split(#"{"type": "Digits"}"#)), .unsupported, "found 'Digits'")
    check(
      file(preTokenizer: split(#"{"type": "Split", "pattern": {"Regex": "("}, "behavior": "Isolated"}"#)), .unsupported,
      "found '('")
    check(
      file(preTokenizer: split(#"{"type": "Split", "pattern": {"Regex": "a"}, "behavior": "Removed"}"#)), .unsupported,
      "to isolate its matches")
    check(file(preTokenizer: split(#"{"type": "Split", "behavior": "Isolated"}"#)), .invalidEntry, "to have a pattern")
    check(file(postProcessor: #"{"type": "BertProcessing"}"#), .unsupported, "found 'BertProcessing'")
    check(
      file(
        postProcessor:
          #"{"type": "TemplateProcessing", "single": [{"SpecialToken": {"id": "x"}}], "special_tokens": {}}"#),
      .invalidEntry, "the ids of every special token")
    check(file(decoder: #"{"type": "WordPiece"}"#), .unsupported, "found 'WordPiece'")
    check(file(model: #""vocab": {"a": 0}, "merges": [], "dropout": 0.1"#), .unsupported, "no dropout")
    check(
      file(model: #""vocab": {"a": 0}, "merges": [], "end_of_word_suffix": "</w>" "#), .unsupported,
      "'end_of_word_suffix'")
    check(file(model: #""vocab": {"a": 0}, "merges": [], "byte_fallback": true"#), .unsupported, "byte_fallback")
    check(file().replacingOccurrences(of: #""BPE""#, with: #""Unigram""#), .unsupported, "found 'Unigram'")
  }

  @Test func malformedFilesAreRefused() {
    check("", .malformedJSON, "line 1 (byte 0): expected an object")
    check("{", .malformedJSON, "line 1")
    check("[]", .invalidEntry, "expected an object")
    check("{}", .invalidEntry, "an entry 'model'")
    check(file(model: #""merges": []"#), .invalidEntry, "an entry 'vocab'")
    check(file(model: #""vocab": {"a": -1}, "merges": []"#), .invalidEntry, "the id of 'a'")
    check(file(model: #""vocab": {"a": 99999999}, "merges": []"#), .invalidEntry, "the id of 'a'")
    check(file(model: #""vocab": {"a": 1.5}, "merges": []"#), .invalidEntry, "an integer")
    check(file(model: #""vocab": {"a": "b"}, "merges": []"#), .malformedJSON, "expected a value")
    check(file(added: #"[{"content": "x"}]"#), .invalidEntry, "an added token with an id and a content")
    check(file(added: #"[{"content": "x", "id": -4}]"#), .invalidEntry, "an added token with an id and a content")
  }

  private func check(_ text: String, _ kind: TokenizerError.Kind, _ message: String) {
    #expect { try read(text) } throws: { error in
      guard let error = error as? TokenizerError else { return false }
      let description = error.description
      if error.kind != kind || !description.contains(message) { Issue.record("\(error.kind) \(description)") }
      return description.hasPrefix("folder/tokenizer.json: ") && !description.contains("\n")
    }
  }

  /// Bytes of a real file replaced, dropped and repeated at random: reading ends in a tokenizer or in an error.
  @Test func damagedFilesNeverCrash() throws {
    let whole = try Fixture.bytes("flags.json")
    for seed in 0..<300 {
      var random = SplitMix64(seed: UInt64(seed))
      var bytes = whole
      for _ in 0..<random.index(below: 4) + 1 {
        let position = random.index(below: bytes.count)
        switch random.index(below: 4) {
        case 0: bytes[position] = UInt8(random.index(below: 256))
        case 1: bytes.removeSubrange(position..<min(position + random.index(below: 30), bytes.count))
        case 2: bytes.insert(contentsOf: bytes[position...].prefix(random.index(below: 30)), at: position)
        default: bytes[position] = UInt8(ascii: "0")
        }
      }
      if let tokenizer = try? Tokenizer(tokenizerJSON: bytes, path: "") {
        _ = tokenizer.decode(tokens: tokenizer.encode(text: "Hello <left> café 123"))
      }
    }
  }

  @Test func missingFilesAreNamed() {
    let folder = URL(fileURLWithPath: "/nonexistent/model")
    #expect { try Tokenizer.from(modelFolder: folder) } throws: { error in
      (error as? TokenizerError)?.description == "/nonexistent/model/tokenizer.json: expected a file here, found none"
    }
  }
}
