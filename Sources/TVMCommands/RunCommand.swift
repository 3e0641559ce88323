import ArgumentParser
import CommandOutput
import Files
import TransformerVM

/// `tvm run`
struct RunCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "run",
    abstract: "Runs programs through the transformer and compares every token with the reference interpreter.",
    discussion: """
      Without a program all examples are run. With one, its output goes to standard output as it is and the report to \
      standard error. The exit code is 0 only when every run passed.

      Example: tvm run sudoku
      Example: tvm run addition --input "12 + 30" --engine dense --json
      Example: tvm run collatz --draft
      Example: printf '27\\n97\\n' > numbers && tvm run collatz --inputs numbers
      Example: tvm run sudoku --checkpoint sudoku.checkpoint
      Example: tvm run --model collatz.safetensors --input 27
      """)

  @Argument(help: ArgumentHelp("Programs: .c, .wasm or .txt files, or names of examples.", valueName: "program"))
  var programs: [String] = []

  @OptionGroup var input: InputOption

  @Option(
    help: ArgumentHelp(
      "Inputs, one a line, for one program, which the transformer reads once for all of them.", valueName: "file"))
  var inputs: String?

  @Option(help: "A model file to run with: .bin or .safetensors. A specialised model brings its program with it.")
  var model: String?

  @OptionGroup var machine: MachineOption

  @OptionGroup var engine: EngineOption

  @OptionGroup var maximumTokens: MaximumTokensOption

  @Option(help: ArgumentHelp("Write prompt and generated tokens to a file.", valueName: "file"))
  var trace: String?

  @Option(
    help: ArgumentHelp(
      "Keep the tokens in a file while they come, and go on where it ends if it is there.", valueName: "file"))
  var checkpoint: String?

  @OptionGroup var world: WorldOption

  @Flag(help: "Let the reference interpreter draft tokens, which the transformer confirms many at once.")
  var draft = false

  @Flag(help: "Print one JSON object for each program, one a line, and nothing else.")
  var json = false

  func validate() throws {
    let isOneProgram = programs.count == 1 || (programs.isEmpty && model != nil)
    let options = [
      ("--input", input.input != nil), ("--inputs", inputs != nil), ("--trace", trace != nil),
      ("--checkpoint", checkpoint != nil),
    ]
    if let (name, _) = options.first(where: \.1), !isOneProgram {
      throw ValidationError("\(name): expected one program")
    }
    if inputs != nil && (input.input != nil || draft || checkpoint != nil || trace != nil) {
      throw ValidationError("--inputs: expected no --input, --draft, --checkpoint or --trace")
    }
    // The trace would take the place of what the checkpoint has kept.
    if let trace, let checkpoint, let place = FilePlace(of: trace), place == FilePlace(of: checkpoint) {
      throw ValidationError("--trace: expected another file than --checkpoint")
    }
    if draft && checkpoint != nil { throw ValidationError("--draft: expected no --checkpoint") }
    if draft && engine.choice == .dense { throw ValidationError("--draft: expected another engine than dense") }
  }

  func run() throws {
    if let trace { try OutputFile.check(trace) }
    let model = try ModelInUse(file: model, machine: machine, executing: programs)
    try world.require(model.profile)
    let executor = try Executor(model: model.model, engine: engine.choice, name: self.model)
    let jobs = try ProgramJob.jobs(programs, profile: model.profile, input: try input.bytes(), model: model)
    if !json {
      for line in model.story { jobs.count == 1 ? Terminal.report(line) : try Terminal.print(line) }
      if jobs.count > 1 { try Terminal.print("") }
    }
    var runner = ProgramRunner(
      executor: executor, maximumTokens: maximumTokens.limit, trace: trace, json: json, world: world)
    if draft { runner.method = .drafted }
    if let checkpoint { runner.method = .kept(Checkpoint(path: checkpoint)) }
    guard let inputs else { return try runner.run(jobs) }
    try run(jobs, inputs: inputs, runner)
  }

  /// Runs the one job with many inputs.
  private func run(_ jobs: [ProgramJob], inputs file: String, _ runner: ProgramRunner) throws {
    guard let job = jobs.first, jobs.count == 1 else { throw ValidationError("--inputs: expected one program") }
    guard let program = job.program else {
      throw ValidationError("--inputs: expected a program beside the model, which does not carry its own as text")
    }
    var runner = runner
    runner.method = .forked(try ForkedRuns(of: program, on: runner.executor))
    try runner.run(job.with(inputs: lines(of: file), of: file))
  }

  /// The lines of a file; the end of the last may be missing.
  private func lines(of file: String) throws -> [[UInt8]] {
    var lines = try InputFile.bytes(of: file).split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
    if lines.last?.isEmpty == true { lines.removeLast() }
    return lines.map { $0.last == UInt8(ascii: "\r") ? Array($0.dropLast()) : Array($0) }
  }
}
