import ArgumentParser
import InstructionSet
import TransformerVM

/// Runs jobs and tells about them in the way the command line asked for.
struct ProgramRunner {
  let executor: Executor
  let maximumTokens: Int
  /// Where to write the trace of the one job.
  let trace: String?
  let json: Bool

  /// Runs all jobs.
  ///
  /// - Throws: `ExitCode(1)` when a run did not pass.
  func run(_ jobs: [ProgramJob]) throws {
    var allPassed = true
    for (index, job) in jobs.enumerated() {
      let streams = jobs.count == 1 && !json
      if !json && !streams { Terminal.print((index == 0 ? "" : "\n") + RunText.heading(job)) }
      let report = try run(job, streamsOutput: streams)
      if json {
        Terminal.print(try JSONLine.encode(report))
      } else if streams {
        if let story = job.story { Terminal.report("\(job.name): \(story)") }
        Terminal.report(RunText.summary(report))
      } else {
        Terminal.print(RunText.body(report))
      }
      allPassed = allPassed && report.isSuccess
    }
    if !allPassed { throw ExitCode(1) }
  }

  private func run(_ job: ProgramJob, streamsOutput: Bool) throws -> RunReport {
    var check = job.program.map(TraceCheck.init)
    var count = 0
    let run = try ProgramRun(job.prompt, on: executor, maximumTokens: maximumTokens) { ids, vocabulary in
      count += ids.count
      if streamsOutput {
        let printed = ids.compactMap { vocabulary.tokens[Int($0)].printedByte }
        if !printed.isEmpty { Terminal.write(printed) }
      }
      Terminal.showStatus("\(job.name): \(Numbers.grouped(count)) tokens")
      return check?.check(ids, vocabulary) ?? true
    }
    Terminal.clearStatus()
    if let trace {
      var file = TraceFile(prompt: job.prompt)
      for token in run.tokens { file.append(token) }
      try file.write(to: trace)
    }
    if let warning = run.warning { Terminal.report("warning: \(warning)") }
    return run.report(name: job.name, check: check)
  }
}
