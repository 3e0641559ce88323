import ArgumentParser
import CommandOutput
import Files
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
    if let trace { try OutputFile.check(trace) }
    let profile = machine.profile(executing: [program])
    try world.require(profile)
    let source = try ProgramSource(program)
    let executed = try source.program(for: profile, input: try input.bytes())
    let screen = ProgramScreen(json: json)
    let host = RunHost(
      world.environment(name: source.name, input: executed.standardInput), receive: screen.receive)
    var execution = try ReferenceExecution(
      of: executed, on: profile, host: host, maximumTokens: maximumTokens.limit, keepsTrace: trace != nil)
    try execution.run { bytes in if !json { try screen.write(bytes) } }
    screen.endLine()
    if let trace { try execution.trace.write(to: trace) }
    let report = execution.report(source.name)
    if json {
      try Terminal.print(JSONLine.encode(report))
    } else {
      Terminal.report(
        "\(Numbers.counted(report.tokens, "token")), \(Numbers.counted(report.instructions, "instruction"))"
          + (report.detail.map { ", \(report.status): \($0)" } ?? ""))
    }
    if let status = execution.exitStatus { throw ExitCode(status) }
  }
}
