import ChatTemplate
import Testing

/// Numbers from a seed, the same here and in `Fixtures/make_fixtures.py`.
struct SplitMix: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var value = state
    value = (value ^ value >> 30) &* 0xBF58_476D_1CE4_E5B9
    value = (value ^ value >> 27) &* 0x94D0_49BB_1331_11EB
    return value ^ value >> 31
  }

  /// A number below `bound`, which is not 0.
  mutating func below(_ bound: Int) -> Int { Int(next() % UInt64(bound)) }
}

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

  func next(_ random: inout SplitMix) -> String {
    var text = String.UnicodeScalarView()
    for _ in 0..<random.below(12) {
      switch random.below(8) {
      case 0, 1, 2: text.append(contentsOf: parts[random.below(parts.count)].unicodeScalars)
      case 3, 4:
        let (first, last) = ranges[random.below(ranges.count)]
        for _ in 0..<random.below(6) + 1 {
          text.append(Unicode.Scalar(UInt32(first + random.below(last - first + 1))) ?? "\u{FFFD}")
        }
      case 5:
        let sentence = sentences[random.below(sentences.count)]
        let start = random.below(sentence.count)
        text.append(contentsOf: sentence[start...].prefix(random.below(30)))
      case 6:
        let letter = Unicode.Scalar(UInt8(97 + random.below(4)))
        text.append(contentsOf: repeatElement(letter, count: random.below(80)))
      default:
        for _ in 0..<random.below(60) { text.append(Unicode.Scalar(UInt8(97 + random.below(26)))) }
      }
    }
    return String(text)
  }
}
