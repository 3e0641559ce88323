import LoadGeneration
import RandomNumbers
import TestSupport
import Testing

@Suite struct ServerEventParserTests {
  private func parse(_ pieces: [String]) throws -> [String] {
    var parser = ServerEventParser()
    return try pieces.flatMap { try parser.append($0.utf8) }.map { String(decoding: $0, as: UTF8.self) }
  }

  @Test func anEventIsItsData() throws {
    #expect(try parse(["data: one\n\ndata:two\n\n"]) == ["one", "two"])
    #expect(try parse(["data: a\ndata: b\n\n"]) == ["a\nb"])
    #expect(try parse([": note\nevent: x\nid: 7\ndata:  spaced \n\n"]) == [" spaced "])
    #expect(try parse(["data\n\n", "data:\n\n"]) == ["", ""])
    #expect(try parse(["database: x\n\n", "\n\n\n", "retry: 3\n\n"]) == [])
    #expect(try parse(["data: unfinished\n"]) == [])
    #expect(try parse(["data: cr\r\rdata: both\r\n\r\n"]) == ["cr", "both"])
  }

  @Test func anyCutGivesTheSameEvents() throws {
    var random = SplitMix64()
    for _ in 0..<400 {
      let ending = ["\n", "\r", "\r\n"].randomElement(using: &random) ?? "\n"
      var text = ""
      var expected: [String] = []
      for number in 0..<Int.random(in: 0...4, using: &random) {
        let lines = (0...Int.random(in: 0...2, using: &random)).map { "é\(number)·\($0)" }
        text += lines.map { "data: \($0)\(ending)" }.joined() + ending
        expected.append(lines.joined(separator: "\n"))
      }
      var parser = ServerEventParser()
      var found: [String] = []
      var rest = Array(text.utf8)[...]
      while !rest.isEmpty {
        let piece = rest.prefix(Int.random(in: 1...9, using: &random))
        found += try parser.append(piece).map { String(decoding: $0, as: UTF8.self) }
        rest = rest.dropFirst(piece.count)
      }
      #expect(found == expected, "\(text.debugDescription), seed \(SplitMix64.testSeed)")
    }
  }

  @Test func aLineHasAnEnd() {
    var parser = ServerEventParser()
    #expect(throws: LoadFailure.malformed) {
      for _ in 0...ServerEventParser.longestLine / 1024 {
        _ = try parser.append(repeatElement(UInt8(ascii: "x"), count: 1024))
      }
    }
  }
}
