import Testing
import WebAssembly

@Suite("Names")
struct NameTests {
  private func custom(_ name: [UInt8]) -> [UInt8] {
    ModuleBytes.module(ModuleBytes.section(0, ModuleBytes.sized(name)))
  }

  @Test("Names are compared by their scalars, not by what they look like")
  func equality() {
    let composed: Name = "\u{E9}"
    let decomposed: Name = "e\u{301}"
    #expect(composed.text == decomposed.text)
    #expect(composed != decomposed)
    #expect(Set([composed, decomposed, "\u{E9}"]).count == 2)
  }

  @Test("Every Unicode scalar is a name")
  func everyScalar() throws {
    for plane in UInt32(0)...16 {
      var text = ""
      for value in (plane << 16)..<((plane + 1) << 16) {
        if let scalar = Unicode.Scalar(value) { text.unicodeScalars.append(scalar) }
      }
      let decoded = try #require(try Module(decoding: custom(Array(text.utf8))).customSections.first)
      #expect(decoded.name.text.unicodeScalars.elementsEqual(text.unicodeScalars))
    }
  }

  @Test("Every sequence of one or two bytes is judged as Unicode's own table does")
  func shortSequences() {
    for first in UInt8.min...UInt8.max {
      expectJudged([first], isWellFormed: first < 0x80)
      for second in UInt8.min...UInt8.max {
        let isTwoByteForm = (0xC2...0xDF).contains(first) && (0x80...0xBF).contains(second)
        expectJudged([first, second], isWellFormed: first < 0x80 && second < 0x80 || isTwoByteForm)
      }
    }
  }

  @Test(
    "Overlong forms, surrogates and values beyond Unicode are malformed",
    arguments: [
      [0xC0, 0x80], [0xC1, 0xBF], [0xE0, 0x80, 0x80], [0xE0, 0x9F, 0xBF], [0xED, 0xA0, 0x80], [0xED, 0xBF, 0xBF],
      [0xF0, 0x80, 0x80, 0x80], [0xF0, 0x8F, 0xBF, 0xBF], [0xF4, 0x90, 0x80, 0x80], [0xF5, 0x80, 0x80, 0x80],
      [0xF8, 0x88, 0x80, 0x80, 0x80], [0xE2, 0x82], [0xF0, 0x9F, 0x98], [0xEF, 0xBF, 0xBD, 0xFF],
    ] as [[UInt8]])
  func malformed(bytes: [UInt8]) {
    expectJudged(bytes, isWellFormed: false)
  }

  private func expectJudged(_ name: [UInt8], isWellFormed: Bool) {
    let module = try? Module(decoding: custom(name))
    #expect((module != nil) == isWellFormed, "\(name)")
    if !isWellFormed { expectMalformed(custom(name), .utf8Encoding, at: 11) }
  }
}
