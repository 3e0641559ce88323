import ArgumentParser
import Files
import TransformerVM

/// `tvm compile`
struct CompileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "compile",
    abstract: "Compiles a program to the text of its instructions: the prompt of the universal machine.",
    discussion: "Example: tvm compile collatz.c --input 27 -o collatz.txt")

  @Argument(help: "A .c or .wasm file, or the name of an example.")
  var program: String

  @OptionGroup var input: InputOption

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write the text.", valueName: "file"))
  var output: String

  func run() throws {
    let program = try ProgramSource(self.program).program(input: try input.bytes())
    try OutputFile.write(program.text.utf8, to: output)
    let tokens = Numbers.grouped(program.prompt.count)
    Terminal.report("\(output): \(Numbers.grouped(program.instructions.count)) instructions, \(tokens) tokens")
  }
}
