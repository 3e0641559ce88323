import ArgumentParser
import CommandOutput
import Files
import TransformerVM

/// How a command runs its programs.
enum RunMethod {
  /// Token by token.
  case plain
  /// The reference interpreter drafts what the executor confirms.
  case drafted
  /// With a file that keeps the tokens, from where that ends.
  case kept(Checkpoint)
  /// The program read once for many inputs.
  case forked(ForkedRuns)
}

/// Runs jobs and tells about them in the way the command line asked for.
struct ProgramRunner {
  let executor: Executor
  let maximumTokens: Int
  var method = RunMethod.plain
  /// Where to write the trace of the one job.
  let trace: String?
  let json: Bool
  let world: WorldOption

  /// 128 and the number of the signal by which processes abort.
  static let abortStatus: Int32 = 134

  /// Runs all jobs.
  ///
  /// - Throws: `ExitCode` when a run did not pass: 134 for a trap of the full profile, as for a process that was aborted, else 1;
  ///   and with the code by which the one program has ended itself.
  func run(_ jobs: [ProgramJob]) throws {
    defer { finishCompiling() }
    var failures: Set<RunReport.Status> = []
    var exitCode: UInt32?
    for (index, job) in jobs.enumerated() {
      let streams = jobs.count == 1 && !json && job.input == nil
      if !json && !streams { try Terminal.print((index == 0 ? "" : "\n") + RunText.heading(job)) }
      let report = try run(job, streamsOutput: streams)
      if json {
        try Terminal.print(JSONLine.encode(report))
      } else if streams {
        if let story = job.story { Terminal.report("\(job.name): \(story)") }
        Terminal.report(RunText.summary(report))
      } else {
        try Terminal.print(RunText.body(report))
      }
      if !report.isSuccess { failures.insert(report.status) }
      exitCode = report.exitCode
    }
    if failures.isEmpty, jobs.count == 1, let code = exitCode, code != 0 {
      throw ExitCode(Int32(truncatingIfNeeded: code & 0xff))
    }
    let isTrapped = failures == [.trap] && executor.vocabulary.hasTraps
    if !failures.isEmpty { throw ExitCode(isTrapped ? Self.abortStatus : 1) }
  }

  /// Lets later runs find the code that these were too short for.
  private func finishCompiling() {
    if executor.isCompiling { Terminal.showStatus("compiling the model for the next run") }
    let warning = executor.finishCompiling()
    Terminal.clearStatus()
    if let warning { Terminal.report("warning: \(warning)") }
  }

  private func start(
    _ job: ProgramJob, _ screen: ProgramScreen, observe: (ArraySlice<UInt16>, MachineVocabulary) -> Int
  ) throws -> ProgramRun {
    let host = RunHost(world.environment(of: job), receive: screen.receive)
    switch method {
    case .plain:
      return try ProgramRun(
        prompt: job.prompt(for: executor), on: executor, host: host, maximumTokens: maximumTokens,
        observe: observe)
    case .kept(let checkpoint):
      return try ProgramRun(
        prompt: job.prompt(for: executor), on: executor, checkpoint: checkpoint, host: host,
        maximumTokens: maximumTokens,
        observe: observe)
    case .forked(let runs):
      return try runs.run(input: job.input ?? [], host: host, maximumTokens: maximumTokens, observe: observe)
    case .drafted:
      guard let program = job.program else {
        throw ValidationError("--draft: expected a model that carries its program")
      }
      return try ProgramRun(drafting: program, on: executor, host: host, maximumTokens: maximumTokens, observe: observe)
    }
  }

  private func run(_ job: ProgramJob, streamsOutput: Bool) throws -> RunReport {
    var check = try job.program.map { try TraceCheck($0, vocabulary: executor.vocabulary) }
    var count = 0
    var outputError: FileError?
    let screen = ProgramScreen(json: json)
    defer { screen.endLine() }
    let run = try start(job, screen) { ids, vocabulary in
      let kept = check?.check(ids, vocabulary) ?? ids.count
      count += kept
      screen.showStatus("\(job.name): \(Numbers.grouped(count)) tokens")
      guard streamsOutput else { return kept }
      do throws(FileError) {
        let printed = ids.prefix(kept).compactMap { vocabulary.printedByte(of: Int($0)) }
        try screen.write(printed)
        return kept
      } catch {
        outputError = error
        return 0
      }
    }
    screen.endLine()
    if let outputError { throw outputError }
    if let trace {
      var file = TraceFile(run.vocabulary)
      for id in run.prompt { file.append(Int(id)) }
      for id in run.generated { file.append(Int(id)) }
      try file.write(to: trace)
    }
    if let warning = run.warning { Terminal.report("warning: \(warning)") }
    return run.report(name: job.name, input: job.input, check: check)
  }
}
