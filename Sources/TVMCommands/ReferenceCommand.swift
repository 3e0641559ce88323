import ArgumentParser
import CommandOutput
import InstructionSet
import Reference
import TransformerVM

/// `tvm reference`
struct ReferenceCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reference",
    abstract: "Executes a program with the reference interpreter: no graph, no weights.",
    discussion: "Example: tvm reference collatz --input 27 --trace collatz.trace")

  @Argument(help: "A .c, .wasm or .txt file, or the name of an example.")
  var program: String

  @OptionGroup var input: InputOption

  @OptionGroup var machine: MachineOption

  @OptionGroup var world: WorldOption

  @OptionGroup var maximumTokens: MaximumTokensOption

  @Option(help: ArgumentHelp("Write prompt and generated tokens to a file.", valueName: "file"))
  var trace: String?

  @Flag(help: "Print one JSON object and nothing else.")
  var json = false

  func run() throws {
    let profile = machine.profile(executing: [program])
    let source = try ProgramSource(program)
    switch try source.program(for: profile, input: try input.bytes()) {
    case .base(let program): try run(program)
    case .full(let module):
      let screen = ProgramScreen(json: json)
      let host = RunHost(
        world.environment(name: source.name, input: module.standardInput), receive: screen.receive)
      try FullReference(screen: screen, trace: trace, json: json).run(
        module, host: host, maximumTokens: maximumTokens.limit)
    }
  }

  private func run(_ program: Program) throws {
    let vocabulary = MachineVocabulary(Vocabulary(.universal))
    var interpreter = ReferenceInterpreter(program, maximumTokens: maximumTokens.limit)
    var writer = TraceFile(vocabulary)
    if trace != nil { for id in try vocabulary.ids(of: program.prompt) { writer.append(Int(id)) } }
    var printed = 0
    var trap: ExecutionTrap?
    do {
      while let token = try interpreter.next() {
        if trace != nil { for id in try vocabulary.ids(of: [token]) { writer.append(Int(id)) } }
        guard !json, token.printedByte != nil, interpreter.output.count > printed else { continue }
        try Terminal.write(Array(interpreter.output[printed...]))
        printed = interpreter.output.count
      }
    } catch let error as ExecutionTrap {
      trap = error
    }
    if let trace { try writer.write(to: trace) }
    let report = ReferenceReport(interpreter, detail: trap?.description)
    if json {
      try Terminal.print(JSONLine.encode(report))
    } else {
      Terminal.report(
        "\(Numbers.grouped(report.tokens)) tokens, \(Numbers.grouped(report.instructions)) instructions")
      if let trap { throw trap }
    }
    if report.status != "halted" { throw ExitCode(1) }
  }
}

/// What `tvm reference --json` prints.
struct ReferenceReport: Encodable {
  let output: String
  let status: String
  let tokens: Int
  let instructions: Int
  /// One line about a trap.
  let detail: String?

  init(output: [UInt8], status: String, tokens: Int, instructions: Int, detail: String?) {
    self.output = String(decoding: output, as: UTF8.self)
    self.status = status
    self.tokens = tokens
    self.instructions = instructions
    self.detail = detail
  }

  init(_ interpreter: ReferenceInterpreter, detail: String?) {
    self.detail = detail
    output = String(decoding: interpreter.output, as: UTF8.self)
    switch interpreter.ending {
    case .halted: status = "halted"
    case .trapped: status = "trap"
    case .tokenLimit, nil: status = "limit"
    }
    tokens = interpreter.tokenCount
    instructions = interpreter.instructionCount
  }
}
