import ArgumentParser
import Reference
import TransformerVM

/// `tvm reference`
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Executes a program with the reference interpreter: no graph, no weights.",
    discussion: "Example: tvm reference collatz.c --input 27 --trace collatz.trace")

  @Argument(help: "A .c, .wasm or .txt file, or the name of an example.")
  var program: String

  @OptionGroup var input: InputOption

  @OptionGroup var maximumTokens: MaximumTokensOption

  @Option(help: ArgumentHelp("Write prompt and generated tokens to a file.", valueName: "file"))
  var trace: String?

  func run() throws {
    let program = try ProgramSource(self.program).program(input: try input.bytes())
    var interpreter = ReferenceInterpreter(program, maximumTokens: maximumTokens.limit)
    var writer = TraceFile(prompt: trace == nil ? [] : program.prompt)
    var printed = 0
    while let token = try interpreter.next() {
      if trace != nil { writer.append(token) }
      if interpreter.output.count > printed, token.printedByte != nil {
        Terminal.write(Array(interpreter.output[printed...]))
        printed = interpreter.output.count
      }
    }
    if let trace { try writer.write(to: trace) }
    let tokens = Numbers.grouped(interpreter.tokenCount)
    Terminal.report("\(tokens) tokens, \(Numbers.grouped(interpreter.instructionCount)) instructions")
    if interpreter.ending == .tokenLimit { throw ExitCode(1) }
  }
}
