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
        _ = try terminal.wait(for: "> ")
      }
      // The first mark of a thought ends what is not dimmed; only within a thought it means nothing.
      #expect(text.firstRange(of: "<think>").map { text[..<$0.lowerBound].contains(dim) } ?? true)
      #expect(text.components(separatedBy: dim).count > 22, "only the remarks are dimmed")
      // By bytes: a mark that combines with the order's last letter is a character with it.
      let orders = text.utf8.split(separator: 0x1B, omittingEmptySubsequences: false).dropFirst()
      #expect(orders.allSatisfy { $0.starts(with: "[2m".utf8) || $0.starts(with: "[22m".utf8) })
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
      #expect(try terminal.wait(for: "> ").contains("stopped"))
      terminal.type("/exit")
      #expect(terminal.exitCode() == 0)
    }
  }
}
