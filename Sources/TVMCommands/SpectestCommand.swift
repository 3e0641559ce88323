import ArgumentParser
import CommandOutput
import Engine
import Foundation
import SpecificationSuite

/// `tvm spectest`
struct SpectestCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "spectest",
    abstract: "Runs scripts of WebAssembly's official test suite.",
    discussion: """
      A script is what wast2json makes of a .wast file: JSON, with the modules in files beside it. Each command that fails or \
      cannot be judged is printed with file, line and reason. The exit code is 0 only when none failed.

      Example: tvm spectest ../shared/spec/*/*.json
      Example: tvm spectest ../shared/spec/i32/i32.json --engine reference --json
      """)

  @Argument(help: ArgumentHelp("Scripts: .json files.", valueName: "file"))
  var files: [String]

  @Option(
    help: ArgumentHelp(
      """
      What executes: the transformer on an engine (auto, compiled, encoded, plan, dense), the graph without weights (eval) or the \
      interpreter (reference).
      """, valueName: "engine"))
  var engine = TraceEngine.transformer(.automatic)

  @Option(help: ArgumentHelp("How many scripts to run at once; by default as many as there are cores.", valueName: "n"))
  var jobs = ProcessInfo.processInfo.activeProcessorCount

  @Option(help: ArgumentHelp("How many tokens one call may take.", valueName: "n"))
  var maxTokens = SuiteRunner.usualTokenLimit

  @Flag(help: "Print one JSON object and nothing else.")
  var json = false

  func validate() throws {
    if jobs < 1 { throw ValidationError("--jobs: expected at least 1, found \(jobs)") }
    if maxTokens < 1 { throw ValidationError("--max-tokens: expected at least 1, found \(maxTokens)") }
  }

  func run() throws {
    let scripts = try files.map { try SpecificationScript(file: $0) }
    let runner = SuiteRunner(tokenLimit: maxTokens, machine: try engine.machines())
    let start = Date()
    var summary = SpectestSummary()
    try runner.run(scripts, atOnce: jobs) { report in
      summary.append(report)
      if !json { for line in report.lines { try Terminal.print(line) } }
    }
    summary.seconds = Date().timeIntervalSince(start)
    try Terminal.print(json ? JSONLine.encode(summary) : summary.text)
    if !json {
      let seconds = Numbers.decimal(summary.seconds, places: 1)
      Terminal.report("\(Numbers.grouped(summary.tokens)) tokens, \(seconds) s")
    }
    if summary.failed > 0 { throw ExitCode(1) }
  }
}

/// What `tvm spectest` prints when all scripts have been run.
private struct SpectestSummary: Encodable {
  private(set) var passed = 0
  private(set) var failed = 0
  private(set) var skipped = 0
  private(set) var tokens = 0
  var seconds = 0.0
  private(set) var files: [File] = []

  struct File: Encodable {
    let file: String
    let passed: Int
    let tokens: Int
    let failures: [Line]
    let skips: [Line]
  }

  struct Line: Encodable {
    let line: Int
    let command: String
    let reason: String
  }

  mutating func append(_ report: ScriptReport) {
    passed += report.passed
    failed += report.failed
    skipped += report.skipped
    tokens += report.tokenCount
    var failures: [Line] = []
    var skips: [Line] = []
    for entry in report.entries {
      switch entry.outcome {
      case .passed: break
      case .failed(let reason): failures.append(Line(line: entry.line, command: entry.command, reason: reason))
      case .skipped(let reason): skips.append(Line(line: entry.line, command: entry.command, reason: reason))
      }
    }
    files.append(
      File(file: report.file, passed: report.passed, tokens: report.tokenCount, failures: failures, skips: skips))
  }

  var text: String { "\(passed) passed, \(failed) failed, \(skipped) skipped" }
}
