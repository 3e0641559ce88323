import ArgumentParser
import CommandOutput
import Foundation
import MILI

/// `mili generate`
struct GenerateCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "generate",
    abstract: "Answers a prompt, or goes on with a text.",
    discussion: """
      The text goes to standard output as it comes, what it took to standard error.

      Example: mili generate --model Qwen3-0.6B --prompt "How far is the moon?"
      """)

  @OptionGroup var model: ModelOption

  @Option(help: ArgumentHelp("What to answer: TEXT, @FILE or - for standard input.", valueName: "text"))
  var prompt: TextSource

  @Option(help: ArgumentHelp("What the model is told before the prompt.", valueName: "text"))
  var system: TextSource?

  @Flag(help: "Go on with the prompt as it is, without the chat template.")
  var raw = false

  @Flag(help: "Answer without thinking first.")
  var noThink = false

  @OptionGroup var sampling: SamplingOptions

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if raw, system != nil || noThink { throw ValidationError("--raw takes neither --system nor --no-think") }
  }

  func run() async throws {
    let context = try model.load()
    let parameters = sampling.parameters(context.recommendedParameters(thinking: !noThink))
    var text = ""
    for try await part in generate(prompt: try tokens(context.tokenizer), parameters: parameters, context: context) {
      switch part {
      case .chunk(let chunk):
        text += chunk
        if !json { try Terminal.write(chunk) }
      case .info(let info):
        let report = GenerationReport(info)
        if json {
          try Terminal.print(JSONLine.encode(GeneratedText(text: text, report: report)))
        } else {
          try Terminal.print("")
          Terminal.report(report.summary)
        }
      }
    }
  }

  private func tokens(_ tokenizer: Tokenizer) throws -> [Int] {
    let prompt = try prompt.text()
    guard !prompt.isEmpty else { throw CommandError("the prompt is empty") }
    if raw { return tokenizer.encode(text: prompt) }
    let messages = (try system?.text()).map { [Chat.Message.system($0)] } ?? []
    return try tokenizer.applyChatTemplate(
      messages: (messages + [.user(prompt)]).map(\.jsonValue),
      additionalContext: noThink ? ["enable_thinking": false] : [:])
  }
}

/// What `mili generate --json` prints.
private struct GeneratedText: Encodable {
  let text: String
  let report: GenerationReport
}
