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

  @Flag(help: "Print one JSON object and nothing else.")
  var json = false

  func run() throws {
    let program = try ProgramSource(self.program).program(input: try input.bytes())
    var interpreter = ReferenceInterpreter(program, maximumTokens: maximumTokens.limit)
    var writer = TraceFile(prompt: trace == nil ? [] : program.prompt)
    var printed = 0
    while let token = try interpreter.next() {
      if trace != nil { writer.append(token) }
      if !json, interpreter.output.count > printed, token.printedByte != nil {
        Terminal.write(Array(interpreter.output[printed...]))
        printed = interpreter.output.count
      }
    }
    if let trace { try writer.write(to: trace) }
    if json {
      Terminal.print(try JSONLine.encode(ReferenceReport(interpreter)))
      if interpreter.ending == .tokenLimit { throw ExitCode(1) }
      return
    }
    let tokens = Numbers.grouped(interpreter.tokenCount)
    Terminal.report("\(tokens) tokens, \(Numbers.grouped(interpreter.instructionCount)) instructions")
    if interpreter.ending == .tokenLimit { throw ExitCode(1) }
  }
}

/// What `tvm reference --json` prints.
private struct ReferenceReport: Encodable {
  let output: String
  let status: String
  let tokens: Int
  let instructions: Int

  init(_ interpreter: ReferenceInterpreter) {
    output = String(decoding: interpreter.output, as: UTF8.self)
    status = interpreter.ending == .halted ? "halted" : "limit"
    tokens = interpreter.tokenCount
    instructions = interpreter.instructionCount
  }
}
