import ArgumentParser
import Files
import TransformerVM

/// `tvm eval`
struct EvalCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "eval",
    abstract: "Runs programs through the computation graph directly, without weights.",
    discussion: """
      The graph is the reference between the machine and its weights. Without a program all examples are run.

      Example: tvm eval fibonacci --input 20
      Example: tvm eval state_machine --specialized
      """)

  @Argument(help: ArgumentHelp("Programs: .c, .wasm or .txt files, or names of examples.", valueName: "program"))
  var programs: [String] = []

  @OptionGroup var input: InputOption

  @OptionGroup var machine: MachineOption

  @Flag(help: "Compare every key in lookups instead of keeping a convex hull.")
  var brute = false

  @Flag(help: "Evaluate the graph that is specialised to the program.")
  var specialized = false

  @OptionGroup var world: WorldOption

  @OptionGroup var maximumTokens: MaximumTokensOption

  @Option(help: ArgumentHelp("Write prompt and generated tokens to a file.", valueName: "file"))
  var trace: String?

  @Flag(help: "Print one JSON object for each program, one a line, and nothing else.")
  var json = false

  func validate() throws {
    if trace != nil && programs.count != 1 { throw ValidationError("--trace: expected one program") }
    if input.input != nil && programs.count != 1 { throw ValidationError("--input: expected one program") }
  }

  func run() throws {
    if let trace { try OutputFile.check(trace) }
    let profile = machine.profile(executing: programs)
    let jobs = try ProgramJob.jobs(programs, profile: profile, input: try input.bytes(), model: nil)
    guard specialized else {
      let executor = Executor(machine: try Pipeline.universalMachine(profile), bruteForce: brute)
      try ProgramRunner(executor: executor, maximumTokens: maximumTokens.limit, trace: trace, json: json, world: world)
        .run(jobs)
      return
    }
    for job in jobs {
      guard let program = job.program else { continue }
      let executor = Executor(machine: try Pipeline.machine(specializedTo: program), bruteForce: brute)
      try ProgramRunner(executor: executor, maximumTokens: maximumTokens.limit, trace: trace, json: json, world: world)
        .run([job])
    }
  }
}
