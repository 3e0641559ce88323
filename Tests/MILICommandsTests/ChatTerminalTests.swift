import Foundation
import Testing

/// `mili chat` as a person sees it.
@Suite(.enabled(if: Mili.executable != nil, "the program mili is not built"))
struct ChatTerminalTests {
  private let dim = "\u{1B}[2m"

  @Test func aConversation() throws {
    try withTinyModel { folder in
      let terminal = try PseudoTerminal(
        ["chat", "--model", folder.path, "--max-tokens", "5", "--temperature", "0"])
      #expect(try terminal.wait(for: "> ").contains(dim + folder.lastPathComponent + ": /think"))
      terminal.type("hello")
      let answer = try terminal.wait(for: "> ")
      #expect(answer.contains(dim + "24 prompt tokens at "))
      #expect(answer.contains(" tokens/s, ended by length"))
      terminal.type("/no_think")
      #expect(try terminal.wait(for: "> ").contains(dim + "answers at once"))
      terminal.type("/think")
      #expect(try terminal.wait(for: "> ").contains(dim + "thinks first"))
      terminal.type("/clear")
      #expect(try terminal.wait(for: "> ").contains(dim + "forgotten"))
      terminal.type("hello")
      #expect(try terminal.wait(for: "> ").contains(" tokens/s, ended by length"))
      terminal.type("/exit")
      #expect(terminal.exitCode() == 0)
    }
  }

  /// Hot enough, a random model says every byte, marks of thoughts and orders to terminals among them.
  @Test func thoughtsAreDimmedAndOrdersToTheTerminalShown() throws {
    try withTinyModel(context: 1 << 20) { folder in
      let terminal = try PseudoTerminal(
        [
          "chat", "--model", folder.path, "--temperature", "1000", "--top-k", "0", "--top-p", "1", "--max-tokens",
          "1500",
        ])
      _ = try terminal.wait(for: "> ")
      var text = ""
      // A mark that ends the answer comes after some 130 tokens, one of a thought as often.
      for _ in 0..<20 {
        terminal.type("x")
        text += try terminal.wait(for: "ended by")
        text += try terminal.wait(for: "> ")
      }
      let parts = Data(text.utf8).split(on: Data(dim.utf8))
      #expect(parts.count > 22, "only the remarks are dimmed")
      // The mark that begins a thought dims, and the one that ends it undims; shown they are only where they mean nothing.
      for (index, part) in parts.enumerated() {
        let halves = part.split(on: Data("\u{1B}[22m".utf8))
        #expect(index == 0 || halves.count == 2, "every thought ends")
        for (half, mark) in zip(index == 0 ? halves : halves.reversed(), ["<think>", "</think>"]) {
          #expect(half.range(of: Data(mark.utf8)) == nil, "\(mark) in \(String(decoding: half, as: UTF8.self))")
        }
      }
      // By bytes: a mark that combines with the order's last letter is a character with it.
      let orders = text.utf8.split(separator: 0x1B, omittingEmptySubsequences: false).dropFirst()
      #expect(orders.allSatisfy { $0.starts(with: "[2m".utf8) || $0.starts(with: "[22m".utf8) })
    }
  }

  /// Of a longer line the system gives the first 4,095 bytes (macOS: 1,023) and says nothing.
  @Test func aLineThatTheTerminalCutIsNotSent() throws {
    try withTinyModel(context: 1 << 14) { folder in
      let terminal = try PseudoTerminal(
        ["chat", "--model", folder.path, "--max-tokens", "5", "--temperature", "0"])
      _ = try terminal.wait(for: "> ")
      terminal.type(String(repeating: "y", count: 5000))
      let answer = try terminal.wait(for: "> ")
      #expect(answer.contains("the line was not sent") && answer.contains("/file PATH"))
      #expect(!answer.contains("prompt tokens"))
      let file = folder.appending(path: "a long text")
      try Data((String(repeating: "line\n", count: 1000)).utf8).write(to: file)
      terminal.type("/file \(file.path)")
      // The marks around a message are 19 tokens; the last line break is not sent.
      #expect(try terminal.wait(for: "> ").contains("\(19 + 4999) prompt tokens at "))
      for (line, words) in [("/file", "expected the path"), ("/file \(folder.path)/no", "no such file")] {
        terminal.type(line)
        #expect(try terminal.wait(for: "> ").contains(words))
      }
      terminal.type("/exit")
      #expect(terminal.exitCode() == 0)
    }
  }

  @Test func controlCStopsTheAnswerAndNotTheProgram() throws {
    // Greedy, this model goes on with one token for ever.
    try withTinyModel(context: 1 << 20, answerBeginning: "a") { folder in
      let terminal = try PseudoTerminal(["chat", "--model", folder.path, "--temperature", "0"])
      _ = try terminal.wait(for: "> ")
      terminal.type("hello")
      _ = try terminal.wait(for: "aaaa")
      terminal.interrupt()
      let end = try terminal.wait(for: "> ")
      #expect(end.contains(" tokens/s, ended by cancelled"))
      #expect(end.contains("stopped"))
      terminal.type("/exit")
      #expect(terminal.exitCode() == 0)
    }
  }
}

extension Data {
  /// What stands between the places where other bytes are, by bytes: what combines with a letter hides it among characters.
  fileprivate func split(on separator: Data) -> [Data] {
    var parts: [Data] = []
    var rest = self
    while let range = rest.range(of: separator) {
      parts.append(rest[..<range.lowerBound])
      rest = rest[range.upperBound...]
    }
    return parts + [rest]
  }
}
