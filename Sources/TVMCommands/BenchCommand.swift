import ArgumentParser
import CommandOutput
import Files
import TransformerVM

/// `tvm bench`
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures engines side by side: medians of repeated runs, and ratios to the dense engine.",
    discussion: """
      Without a program all examples are run. Each round runs every engine once, so that what disturbs the machine disturbs \
      all alike; every run's tokens are compared with the reference interpreter's.

      Example: tvm bench collatz
      Example: tvm bench collatz --machine base
      Example: tvm bench collatz fibonacci --engine compiled --engine dense --rounds 3 --json
      Example: tvm bench collatz --profile
      Example: tvm bench hello --start
      Example: tvm bench --growth 100000 -o growth.svg
      """)

  @Argument(help: ArgumentHelp("Programs: .c, .wasm or .txt files, or names of examples.", valueName: "program"))
  var programs: [String] = []

  @Option(
    help: ArgumentHelp(
      "What to measure, again for each: compiled, encoded, plan, dense, draft (generation drafted by the reference interpreter), verify (a known trace, every position). All but encoded by default.",
      valueName: "engine"))
  var engine: [String] = []

  @Option(help: ArgumentHelp("How often each is run.", valueName: "n"))
  var rounds = 5

  @OptionGroup var machine: MachineOption

  @Option(help: "A model file: .bin or .safetensors, instead of the universal machine.")
  var model: String?

  @Option(
    help: ArgumentHelp(
      "Instead, run programs that loop and that write memory for that many tokens, and measure speed and memory on the way.",
      valueName: "tokens"))
  var growth: Int?

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to draw the growth, as .svg.", valueName: "file"))
  var output: String?

  @Flag(help: "Instead, show which share of the time each part of the plan takes when a known trace is verified.")
  var profile = false

  @Flag(
    help: """
      Instead, show how long it takes from a model file's bytes to the first token, with the code in the cache, and what the \
      first compilation takes.
      """)
  var start = false

  @Flag(help: "Print one JSON object for each engine and program, one a line, and nothing else.")
  var json = false

  func validate() throws {
    if rounds < 1 { throw ValidationError("--rounds: expected at least 1, found \(rounds)") }
    if let growth, growth < 10_000 { throw ValidationError("--growth: expected at least 10000, found \(growth)") }
    if profile && growth != nil { throw ValidationError("--profile: expected no --growth") }
    if growth != nil && !(programs.isEmpty && engine.isEmpty && model == nil) {
      throw ValidationError("--growth: expected no program, --engine or --model, it brings its own")
    }
    if growth != nil && machine.choice == .full {
      throw ValidationError("--growth: expected no --machine full, its programs are the base machine's")
    }
    if profile && !engine.isEmpty { throw ValidationError("--profile: expected no --engine, it measures the plan") }
    if start && !(engine.isEmpty && growth == nil && !profile) {
      throw ValidationError("--start: expected no --engine, --growth or --profile")
    }
    if let output, !output.hasSuffix(".svg") {
      throw ValidationError("-o: expected a name ending in .svg, found '\(output)'")
    }
    if output != nil && growth == nil { throw ValidationError("-o: expected --growth, whose picture it is") }
    _ = try subjects()
  }

  func run() throws {
    // The runs may take minutes.
    if let output { try OutputFile.check(output) }
    let model = try ModelInUse(file: model, machine: machine, executing: growth == nil ? programs : nil)
    if let growth { return try GrowthBench(model: model.model, tokens: growth, output: output, json: json).run() }
    let jobs = try ProgramJob.jobs(programs, profile: model.profile, input: nil, model: model)
    let named = try jobs.map { job in
      guard let program = job.program else {
        throw ValidationError("--model: expected a program beside it, because the model does not carry its own as text")
      }
      return (name: job.name, program: program)
    }
    if profile { return try ProfileBench(model: model.model, programs: named, json: json).run() }
    if start { return try StartBench(model: model.model, programs: named, rounds: rounds, json: json).run() }
    let benchmark = try Benchmark(
      named, model: model.model, subjects: try subjects(), rounds: rounds, progress: Terminal.showStatus)
    Terminal.clearStatus()
    for line in try BenchText.lines(benchmark, json: json) { try Terminal.print(line) }
  }

  /// What to measure, by the words on the command line.
  private func subjects() throws -> [Benchmark.Subject] {
    guard !engine.isEmpty else { return [.engine(.compiled), .engine(.plan), .engine(.dense), .draft, .verification] }
    return try engine.map { word in
      if word == "verify" { return .verification }
      if word == "draft" { return .draft }
      guard let choice = EngineChoice(argument: word) else {
        throw ValidationError("--engine: expected compiled, encoded, plan, dense, draft or verify, found '\(word)'")
      }
      return .engine(choice)
    }
  }
}
