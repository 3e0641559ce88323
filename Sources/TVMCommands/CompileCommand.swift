import ArgumentParser
import CommandOutput
import Files
import TransformerVM

/// `tvm compile`
struct CompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Compiles a program to the text of its instructions: the prompt of the universal machine.",
    discussion: """
      'tvm run' reads the text again; of a program that reads its standard input, that is not part of it.

      Example: tvm compile collatz --input 27 -o collatz.txt
      Example: tvm compile sha256 --machine full -o sha256.txt
      """)

  @Argument(help: "A .c or .wasm file, or the name of an example.")
  var program: String

  @OptionGroup var input: InputOption

  @OptionGroup var machine: MachineOption

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write the text.", valueName: "file"))
  var output: String

  @Flag(help: "Print one JSON object about what was written.")
  var json = false

  func run() throws {
    try OutputFile.check(output)
    let program = try ProgramSource(self.program).program(for: machine.profile, input: try input.bytes())
    try OutputFile.write(program.text.utf8, to: output)
    let vocabulary = try Pipeline.universalMachine(machine.profile).vocabulary
    let report = CompilationReport(
      file: output, instructions: program.instructionCount, promptTokens: try program.prompt(for: vocabulary).count)
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
