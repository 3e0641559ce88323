import MILICommands
import Testing

@Suite struct ThinkingSplitterTests {
  /// All pieces, those of one kind that follow each other put together.
  private func pieces(_ parts: [String], startsInThought: Bool = false) -> [ThinkingSplitter.Piece] {
    var splitter = ThinkingSplitter(startsInThought: startsInThought)
    var joined: [ThinkingSplitter.Piece] = []
    for piece in parts.flatMap({ splitter.append($0) }) + splitter.finish() {
      if let last = joined.last, last.isThought == piece.isThought {
        joined[joined.count - 1].text += piece.text
      } else {
        joined.append(piece)
      }
    }
    return joined
  }

  @Test func marksAreFoundHoweverTheTextIsCut() {
    let text = "<think>\nwhy <b>?\n</think>\n\nbecause </think> <think>1<2"
    let expected: [ThinkingSplitter.Piece] = [
      .init("why <b>?\n", isThought: true), .init("because </think> ", isThought: false),
      .init("1<2", isThought: true),
    ]
    for size in 1...text.count {
      var rest = text[...]
      var parts: [String] = []
      while !rest.isEmpty {
        parts.append(String(rest.prefix(size)))
        rest = rest.dropFirst(size)
      }
      #expect(pieces(parts) == expected, "pieces of \(size)")
    }
  }

  @Test func aTemplateMayHaveBegunTheThought() {
    #expect(
      pieces(["hm</th", "ink>\n\nyes"], startsInThought: true)
        == [.init("hm", isThought: true), .init("yes", isThought: false)])
  }

  @Test func whatCombinesWithAMarkDoesNotHideIt() {
    let accent = "\u{301}"
    #expect(
      pieces(["<think>" + accent + "é</think>" + accent])
        == [.init(accent + "é", isThought: true), .init(accent, isThought: false)])
  }

  @Test func emptyThoughtsAndUnfinishedMarks() {
    #expect(pieces(["<think>\n\n</think>\n\nyes"]) == [.init("yes", isThought: false)])
    #expect(pieces(["a <thin"]) == [.init("a <thin", isThought: false)])
    #expect(pieces([]) == [])
  }
}

@Suite struct ChatLineTests {
  @Test func linesSayWhatTheyAskFor() {
    #expect(ChatLine("") == .nothing)
    #expect(ChatLine(" \t") == .nothing)
    #expect(ChatLine("/exit") == .exit)
    #expect(ChatLine(" /quit ") == .exit)
    #expect(ChatLine("/clear") == .clear)
    #expect(ChatLine(" /file  a b.txt ") == .file("a b.txt"))
    #expect(ChatLine("/file") == .file(""))
    #expect(ChatLine("/think") == .thinking(true))
    #expect(ChatLine("/no_think") == .thinking(false))
    #expect(ChatLine("/usr/bin is a folder") == .message("/usr/bin is a folder", thinking: nil))
    #expect(ChatLine("why? /no_think") == .message("why? /no_think", thinking: false))
    #expect(ChatLine("/no_think why? /think") == .message("/no_think why? /think", thinking: true))
    #expect(ChatLine("say /no_thinking") == .message("say /no_thinking", thinking: nil))
  }
}
