import Foundation
import RandomNumbers
import Testing
import Tokenizer

@Suite struct SplittingTests {
  private static let contractions = "(?i:'s|'t|'re|'ve|'m|'ll|'d)"
  private static let words = #"[^\r\n\p{L}\p{N}]?\p{L}+"#
  private static let rest = #" ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"#

  private func pieces(_ text: String, _ splitter: TextSplitter) -> [String] {
    var pieces: [String] = []
    withUTF8(text) { text in
      splitter.forEachPiece(of: text) { pieces.append(String(decoding: $0, as: UTF8.self)) }
    }
    return pieces
  }

  /// Foundation's regular expressions as the other opinion, on scalars so old that everyone knows them.
  @Test(arguments: [(#"\p{N}"#, "1"), (#"\p{N}{1,3}"#, "3")])
  func theScannerCutsAsThePatternDoes(_ digits: String, _ name: String) throws {
    let pattern = "\(Self.contractions)|\(Self.words)|\(digits)|\(Self.rest)"
    let scanner = try TextSplitter(pattern: pattern)
    guard case .scanner = scanner else {
      Issue.record("expected the scanner to know the pattern of \(name) digits")
      return
    }
    let expression = TextSplitter.expression(try NSRegularExpression(pattern: pattern))
    let texts = try RandomText()
    for seed in 0..<2000 {
      var random = SplitMix64(seed: UInt64(seed))
      var text = texts.next(&random)
      text.unicodeScalars.removeAll { scalar in scalar.properties.age.map { $0.major > 9 } ?? true }
      #expect(pieces(text, scanner) == pieces(text, expression), "seed \(seed)")
    }
  }

  @Test(arguments: [
    ("", []), ("a", ["a"]), ("Hello, world!", ["Hello", ",", " world", "!"]), ("a  b", ["a", " ", " b"]),
    ("a \n b", ["a", " \n", " b"]), ("a\n\n  b", ["a", "\n\n", " ", " b"]), ("  ", ["  "]), ("a  ", ["a", "  "]),
    ("a \u{3000}b", ["a", " ", "\u{3000}b"]), ("x\u{3000}", ["x", "\u{3000}"]), ("123", ["1", "2", "3"]),
    ("\tx", ["\tx"]), ("\nx", ["\n", "x"]), ("don'tS", ["don", "'t", "S"]),
    ("'Re'VE'lL'LX", ["'Re", "'VE", "'lL", "'LX"]),
    ("'\u{17F}", ["'\u{17F}"]), ("''s", ["''", "s"]), ("!'s", ["!'", "s"]), (" 's", [" '", "s"]),
    ("a'\u{C5}", ["a", "'\u{C5}"]),
    (" !!\r\n\nx", [" !!\r\n\n", "x"]), ("!\n!", ["!\n", "!"]), ("\r\n \n x", ["\r\n \n", " x"]),
    ("e\u{301}x", ["e", "\u{301}x"]),
    ("½x", ["½", "x"]), ("😀a", ["😀a"]), ("'", ["'"]), ("'r", ["'r"]), ("'v1", ["'v", "1"]),
    ("a\u{0}b", ["a", "\u{0}b"]),
  ])
  func chosenTextsAreCutAsExpected(_ text: String, _ expected: [String]) throws {
    let scanner = TextSplitter.scanner(longestNumber: 1)
    #expect(pieces(text, scanner).map { Array($0.unicodeScalars) } == expected.map { Array($0.unicodeScalars) })
  }

  @Test func otherPatternsKeepWhatTheyDoNotMatch() throws {
    #expect(pieces("a1b22😀3", try TextSplitter(pattern: "[0-9]+")) == ["a", "1", "b", "22", "😀", "3"])
    #expect(pieces("axb", try TextSplitter(pattern: "x*")) == ["a", "x", "b"])
    #expect(pieces("", try TextSplitter(pattern: "x")) == [])
    #expect(throws: (any Error).self) { try TextSplitter(pattern: "(") }
  }
}
