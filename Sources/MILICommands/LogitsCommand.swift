import ArgumentParser
import CommandOutput
import Files
import LanguageModel
import MILI
import Subprocesses

/// `mili logits`
struct LogitsCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "logits",
    abstract: "Writes the logits of every position, to compare engines with.",
    discussion: """
      The file is safetensors with the tensor logits [positions, vocabulary] in F32, as they come from the output head, and \
      with --hidden the tensor hidden [layers + 1, positions, hidden], the residual stream after 0, 1, … layers.

      Example: mili logits --model Qwen3-0.6B --ids 9707,11,1879 -o logits.safetensors
      """)

  @OptionGroup var model: ModelOption

  @Option(help: ArgumentHelp("The tokens: 1,2,3 or @FILE or - for standard input.", valueName: "ids"))
  var ids: TokenList

  @Flag(help: "Write the residual stream too.")
  var hidden = false

  @Option(name: .shortAndLong, help: ArgumentHelp("The file to write.", valueName: "file"))
  var output: String

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    guard !["", "-"].contains(output) else {
      throw ValidationError("--output: expected the path of a file, which is not written in order, found '\(output)'")
    }
  }

  func run() throws {
    let tokens = try ids.tokens()
    try OutputFile.check(output)
    let model = try Qwen3Model(folder: model.model, threads: model.threads)
    try Leftovers.ofProcess.removing(with: { [output] in PartialFile.remove(for: output) }) {
      try LogitsFile.write(tokens: tokens, model: model, includingHidden: hidden, to: output)
    }
    let made = MadeLogits(file: output, positions: tokens.count, vocabulary: model.configuration.vocabularySize)
    try Terminal.print(
      json ? JSONLine.encode(made) : "\(output): logits [\(made.positions), \(made.vocabulary)]")
  }
}

/// What `mili logits --json` prints.
private struct MadeLogits: Encodable {
  let file: String
  let positions: Int
  let vocabulary: Int
}
