import ChatTemplate
import RandomNumbers
import Testing

/// Texts that put the corners of patterns, normalization and UTF-8 next to each other; `random_text` in
/// `Fixtures/make_fixtures.py` makes the same ones.
struct RandomText {
  private let sentences: [[Unicode.Scalar]]
  private let parts: [String]
  private let ranges: [(first: Int, last: Int)]

  init() throws {
    let content = try #require(try Fixture.json("generator.json").arrayValue)
    try #require(content.count == 3)
    sentences = content[0].arrayValue?.compactMap { $0.stringValue.map { Array($0.unicodeScalars) } } ?? []
    parts = content[1].arrayValue?.compactMap(\.stringValue) ?? []
    ranges = content[2].arrayValue?.compactMap(\.integers).map { ($0[0], $0[1]) } ?? []
  }

  func next(_ random: inout SplitMix64) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<random.index(below: 12) {
      switch random.index(below: 8) {
      case 0, 1, 2: text.append(contentsOf: parts[random.index(below: parts.count)].unicodeScalars)
      case 3, 4:
        let (first, last) = ranges[random.index(below: ranges.count)]
        for _ in 0..<random.index(below: 6) + 1 {
          text.append(Unicode.Scalar(UInt32(first + random.index(below: last - first + 1))) ?? "\u{FFFD}")
        }
      case 5:
        let sentence = sentences[random.index(below: sentences.count)]
        let start = random.index(below: sentence.count)
        text.append(contentsOf: sentence[start...].prefix(random.index(below: 30)))
      case 6:
        let letter = Unicode.Scalar(UInt8(97 + random.index(below: 4)))
        text.append(contentsOf: repeatElement(letter, count: random.index(below: 80)))
      default:
        for _ in 0..<random.index(below: 60) { text.append(Unicode.Scalar(UInt8(97 + random.index(below: 26)))) }
      }
    }
    return String(text)
  }
}
