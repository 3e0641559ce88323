import ArgumentParser
import CommandOutput
import Files
import TransformerVM

/// `tvm verify`
struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify",
    abstract: "Predicts every token of a trace from those before it, many positions at once.",
    discussion: """
      Without a trace, the reference interpreter's is verified. The first position whose prediction differs is reported with \
      the expected and the predicted token, and the exit code is 1.

      Example: tvm verify sudoku
      Example: tvm run collatz --trace collatz.trace && tvm verify collatz --trace collatz.trace
      """)

  @Argument(help: "A .c, .wasm or .txt file, or the name of an example; none for a specialised model.")
  var program: String?

  @OptionGroup var input: InputOption

  @Option(
    help: ArgumentHelp(
      "The trace: prompt and generated tokens, as --trace of other commands writes them.", valueName: "file"))
  var trace: String?

  @Option(help: "A model file: .bin or .safetensors. A specialised model brings its program with it.")
  var model: String?

  @OptionGroup var machine: MachineOption

  @OptionGroup var engine: EngineOption

  @OptionGroup var world: WorldOption

  @OptionGroup var maximumTokens: MaximumTokensOption

  @Flag(help: "Print one JSON object and nothing else.")
  var json = false

  func validate() throws {
    if program == nil && model == nil { throw ValidationError("expected a program") }
    if trace != nil && maximumTokens.isGiven {
      throw ValidationError("--max-tokens: expected no --trace, which says itself where it ends")
    }
  }

  func run() throws {
    let model = try ModelInUse(file: model, machine: machine, executing: program.map { [$0] } ?? [])
    try world.require(model.profile)
    if program == nil && !model.isSpecialized { throw ValidationError("expected a program") }
    let executor = try Executor(model: model.model, engine: engine.choice, name: self.model)
    let jobs = try ProgramJob.jobs(
      program.map { [$0] } ?? [], profile: model.profile, input: try input.bytes(), model: model)
    for job in jobs {
      let trace = try self.trace(of: job, for: executor)
      let verification = try TraceVerification(of: trace, on: executor)
      if let warning = verification.warning { Terminal.report("warning: \(warning)") }
      let report = VerificationReport(job.name, trace, verification)
      try Terminal.print(json ? JSONLine.encode(report) : report.line)
      if report.status != .pass { throw ExitCode(1) }
    }
  }

  /// The trace to verify: the file's, or the reference interpreter's.
  private func trace(of job: ProgramJob, for executor: Executor) throws -> TokenTrace {
    if let trace {
      let text = try InputFile.bytes(of: trace)
      return try TokenTrace(
        text: text, prompt: job.prompt(for: executor), vocabulary: executor.vocabulary, file: trace)
    }
    guard let program = job.program else {
      throw ValidationError("--trace: expected one, because the model does not carry its program")
    }
    return try TokenTrace(
      of: program, vocabulary: executor.vocabulary, host: RunHost(world.environment(of: job)),
      maximumTokens: maximumTokens.limit)
  }
}

/// What `tvm verify` prints.
private struct VerificationReport: Encodable {
  enum Status: String, Encodable {
    case pass
    case mismatch
  }

  let program: String
  let status: Status
  let tokens: Int
  /// Whether the machine has nothing more to say behind the trace.
  let complete: Bool
  let compared: Int
  let engine: String
  let seconds: Double
  let tokensPerSecond: Double
  let position: Int?
  let expected: String?
  let predicted: String?

  init(_ program: String, _ trace: TokenTrace, _ verification: TraceVerification) {
    self.program = program
    status = verification.difference == nil ? .pass : .mismatch
    tokens = trace.ids.count
    complete = trace.isComplete
    compared = verification.comparedCount
    engine = verification.engine
    seconds = verification.seconds
    tokensPerSecond = seconds > 0 ? Double(trace.promptCount + compared) / seconds : 0
    position = verification.difference?.position
    expected = verification.difference?.expected
    predicted = verification.difference?.predicted
  }

  /// The same for a person.
  var line: String {
    let speed =
      "\(Numbers.counted(compared, "prediction")) in \(Numbers.decimal(seconds, places: 2)) s, "
      + "\(Numbers.grouped(tokensPerSecond)) tokens/s (\(engine))"
    guard let position, let expected, let predicted else {
      let extent = complete ? "" : ", up to where the trace is cut off"
      return "\(program): PASS, every position predicts the next token\(extent): \(speed)"
    }
    return "\(program): MISMATCH at position \(position): expected \(expected), predicted \(predicted)"
  }

  private enum CodingKeys: String, CodingKey {
    case program, status, tokens, complete, compared, engine, seconds, position, expected, predicted
    case tokensPerSecond = "tokens_per_second"
  }
}
