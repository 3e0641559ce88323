import ArgumentParser
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
      Example: tvm run --model collatz.safetensors --input 27
      """)

  @Argument(help: ArgumentHelp("Programs: .c, .wasm or .txt files, or names of examples.", valueName: "program"))
  var programs: [String] = []

  @OptionGroup var input: InputOption

  @Option(help: "A model file to run with: .bin or .safetensors. A specialised model brings its program with it.")
  var model: String?

  @OptionGroup var engine: EngineOption

  @OptionGroup var maximumTokens: MaximumTokensOption

  @Option(help: ArgumentHelp("Write prompt and generated tokens to a file.", valueName: "file"))
  var trace: String?

  @Flag(help: "Let the reference interpreter draft tokens, which the transformer confirms many at once.")
  var draft = false

  @Flag(help: "Print one JSON object for each program, one a line, and nothing else.")
  var json = false

  func validate() throws {
    if trace != nil && programs.count > 1 { throw ValidationError("--trace: expected one program") }
    if draft && engine.choice == .dense { throw ValidationError("--draft: expected another engine than dense") }
    if input.input != nil && programs.count > 1 { throw ValidationError("--input: expected one program") }
    if input.input != nil && programs.isEmpty && model == nil {
      throw ValidationError("--input: expected a program to give it to")
    }
  }

  func run() throws {
    let model = try ModelInUse(file: model)
    let executor = try Executor(model: model.model, engine: engine.choice, name: self.model)
    let jobs = try ProgramJob.jobs(programs, input: try input.bytes(), model: model)
    if trace != nil && jobs.count > 1 { throw ValidationError("--trace: expected one program") }
    if !json {
      for line in model.story { jobs.count == 1 ? Terminal.report(line) : try Terminal.print(line) }
      if jobs.count > 1 { try Terminal.print("") }
    }
    let runner = ProgramRunner(
      executor: executor, maximumTokens: maximumTokens.limit, drafts: draft, trace: trace, json: json)
    try runner.run(jobs)
  }
}
