import ArgumentParser
import CommandOutput
import Files
import TransformerVM

/// `tvm compile`
struct CompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Compiles a program to the text of its instructions: the prompt of the universal machine.",
    discussion: "Example: tvm compile collatz --input 27 -o collatz.txt")

  @Argument(help: "A .c or .wasm file, or the name of an example.")
  var program: String

  @OptionGroup var input: InputOption

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write the text.", valueName: "file"))
  var output: String

  @Flag(help: "Print one JSON object about what was written.")
  var json = false

  func run() throws {
    let program = try ProgramSource(self.program).program(input: try input.bytes())
    try OutputFile.write(program.text.utf8, to: output)
    let report = CompilationReport(
      file: output, instructions: program.instructions.count, promptTokens: program.prompt.count)
    if json { return try Terminal.print(JSONLine.encode(report)) }
    Terminal.report(
      "\(output): \(Numbers.grouped(report.instructions)) instructions, \(Numbers.grouped(report.promptTokens)) tokens")
  }
}

/// What `tvm compile --json` prints.
private struct CompilationReport: Encodable {
  let file: String
  let instructions: Int
  let promptTokens: Int

  private enum CodingKeys: String, CodingKey {
    case file, instructions
    case promptTokens = "prompt_tokens"
  }
}
