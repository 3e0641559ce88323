import ChatTemplate
import Foundation
import Testing

@Suite struct DamageTests {
  /// Templates with parts replaced, dropped, repeated and exchanged at random: each ends in a text or in an error that
  /// names one of its lines.
  @Test(arguments: ["chatml", "brackets", "schema"])
  func damagedTemplatesNeverCrash(_ name: String) throws {
    let whole = Array(try Fixture.text("\(name).jinja").unicodeScalars)
    let cases = try #require(try Fixture.json("conversations.json").arrayValue)
    for seed in 0..<400 {
      var random = Xorshift(seed: UInt64(seed))
      var scalars = whole
      for _ in 0..<random.below(4) + 1 { damage(&scalars, &random) }
      var view = String.UnicodeScalarView()
      view.append(contentsOf: scalars)
      let entry = cases[random.below(cases.count)]
      let context: JSONObject = ["messages": entry["messages"] ?? [], "tools": entry["tools"] ?? nil]
      let result = Fixture.render(String(view), context, budget: Budget(steps: 300_000, bytes: 8 << 20))
      if case .failure(let error) = result {
        let lines = scalars.count { $0 == "\n" } + 1
        #expect((1...lines).contains(error.line), "\(name), seed \(seed)")
        #expect(error.kind == .raised || !error.message.isEmpty, "\(name), seed \(seed)")
      }
    }
  }

  private func damage(_ scalars: inout [Unicode.Scalar], _ random: inout Xorshift) {
    let position = random.below(scalars.count)
    let length = min(random.below(40), scalars.count - position - 1)
    switch random.below(5) {
    case 0: scalars[position] = Unicode.Scalar(UInt8(32 + random.below(95)))
    case 1: scalars.removeSubrange(position..<position + length)
    case 2: scalars.insert(contentsOf: Array(scalars[position..<position + length]), at: random.below(scalars.count))
    case 3:
      let other = random.below(scalars.count)
      scalars.swapAt(position, other)
    default:
      let parts = [
        "{{", "}}", "{%", "%}", "(", ")", "[", "]", "'", "|", ".", " if ", " for ", "-", "loop", "* 9999999", "é",
      ]
      scalars.insert(contentsOf: Array(parts[random.below(parts.count)].unicodeScalars), at: position)
    }
  }
}

/// Numbers from a seed.
private struct Xorshift {
  private var state: UInt64

  init(seed: UInt64) { state = seed &* 0x9E37_79B9_7F4A_7C15 | 1 }

  /// A number below `bound`, which is not 0.
  mutating func below(_ bound: Int) -> Int {
    state ^= state << 13
    state ^= state >> 7
    state ^= state << 17
    return Int(state >> 11) % bound
  }
}
