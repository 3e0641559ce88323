import ArgumentParser
import CommandOutput
import Foundation
import MILI

/// `mili tokenize`
struct TokenizeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "tokenize",
    abstract: "Turns text into token ids, or ids into text.",
    discussion: """
      Added tokens such as <|im_end|> are recognised in the text, unless --plain is given.

      Example: mili tokenize --model Qwen3-0.6B "Hello, world!"
      """)

  @Option(help: ArgumentHelp("A folder with tokenizer.json.", valueName: "folder"))
  var model: String

  @Argument(help: "TEXT, @FILE or - for standard input.")
  var text: TextSource?

  @Option(help: ArgumentHelp("Turn ids into text: 1,2,3 or @FILE or -.", valueName: "ids"))
  var decode: TokenList?

  @Flag(help: "Print a token a line, with its text.")
  var pieces = false

  @Flag(help: "Spell out added tokens like any other text.")
  var plain = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    try FolderArgument.check(model, "--model")
    guard (text == nil) != (decode == nil) else {
      throw ValidationError("expected either a text or --decode")
    }
    if decode != nil, plain { throw ValidationError("--plain is for text") }
  }

  func run() throws {
    let tokenizer = try Tokenizer.from(modelFolder: URL(filePath: model))
    let ids: [Int]
    if let text {
      ids = tokenizer.encode(text: try text.text(), matchAddedTokens: !plain)
    } else {
      ids = try decode?.tokens() ?? []
      if let id = ids.first(where: { tokenizer.convertIdToToken($0) == nil }) {
        throw CommandError("expected ids below \(tokenizer.vocabularySize) that have a token, found \(id)")
      }
    }
    try Terminal.print(result(ids, tokenizer))
  }

  private func result(_ ids: [Int], _ tokenizer: Tokenizer) throws -> String {
    if json {
      let pieces = pieces ? ids.map { tokenizer.decode(tokens: [$0]) } : nil
      return try JSONLine.encode(Tokens(ids: ids, text: tokenizer.decode(tokens: ids), pieces: pieces))
    }
    if pieces {
      return ids.map { "\($0)\t\(tokenizer.decode(tokens: [$0]).debugDescription)" }.joined(separator: "\n")
    }
    if decode != nil { return tokenizer.decode(tokens: ids) }
    return ids.map(String.init).joined(separator: ",")
  }
}

/// What `mili tokenize --json` prints.
private struct Tokens: Encodable {
  let ids: [Int]
  let text: String
  let pieces: [String]?
}
