import Foundation
import RandomNumbers
import Testing
import Tokenizer

@Suite struct UnicodeTests {
  private static let scalars = (0..<0x110000).compactMap { Unicode.Scalar(UInt32($0)) }

  /// The standard library as the other opinion; it may know later scalars, or not yet know some.
  @Test func scalarsHaveTheClassesOfUnicode16() {
    let classes = ScalarClasses.shared
    for scalar in Self.scalars {
      let properties = scalar.properties
      guard let age = properties.age, (age.major, age.minor) <= (16, 0) else { continue }
      let expected: ScalarClass =
        switch properties.generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: .letter
        case .decimalNumber, .letterNumber, .otherNumber: .number
        default: properties.isWhitespace ? .space : .other
        }
      #expect(classes[scalar] == expected, "\(scalar.value)")
    }
  }

  /// Foundation as the other opinion. On Linux it takes U+100061 for an "a" where a mark follows, and leaves three Tibetan
  /// vowels behind marks of a greater class; these are only asked for alone.
  @Test func scalarsOfUnicode9HaveTheirNormalForm() {
    for scalar in Self.scalars {
      guard let age = scalar.properties.age, age.major <= 9 else { continue }
      var texts = [String(scalar), String(scalar).decomposedStringWithCanonicalMapping]
      if scalar.value <= 0xFFFF, ![0xF73, 0xF75, 0xF81].contains(scalar.value) {
        texts.append("q\u{323}\(scalar)\u{307}")
      }
      for text in texts {
        let expected = Array(text.precomposedStringWithCanonicalMapping.unicodeScalars.map(\.value))
        let form = NormalizationFormC().normalize(text.unicodeScalars.map(\.value))
        #expect(form == expected, "\(scalar.value)")
      }
    }
  }

  /// The reference leaves scalars alone that Unicode 9 did not have.
  @Test func laterScalarsAreLeftAlone() {
    let later: [[UInt32]] = [[0x11935, 0x11930], [0x71, 0x345, 0x7FD], [0x71, 0x345, 0x1E130]]
    for scalars in later { #expect(NormalizationFormC().normalize(scalars) == scalars) }
  }

  @Test func textIsNormalizedInStretches() throws {
    let texts = try RandomText()
    for seed in 0..<2000 {
      var random = SplitMix64(seed: UInt64(seed))
      let text = texts.next(&random)
      let whole = NormalizationFormC().normalize(text.unicodeScalars.map(\.value))
      let stretches = withUTF8(text) { NormalizationFormC().normalize($0) ?? Array($0) }
      #expect(String(decoding: stretches, as: UTF8.self).unicodeScalars.map(\.value) == whole, "seed \(seed)")
      let again = withUTF8(String(decoding: stretches, as: UTF8.self)) { NormalizationFormC().normalize($0) }
      #expect(again == nil || again == stretches, "seed \(seed)")
    }
  }

  @Test func longRunsOfMarksAreOrderedInTime() {
    // Descending classes, which exchanging neighbours would order in quadratic time.
    let marks = (0..<200_000).map { $0.isMultiple(of: 2) ? 0x345 : 0x334 as UInt32 }
    let form = NormalizationFormC().normalize([0x71] + marks)
    #expect(form == [0x71] + Array(repeating: 0x334, count: 100_000) + Array(repeating: 0x345, count: 100_000))
  }
}
