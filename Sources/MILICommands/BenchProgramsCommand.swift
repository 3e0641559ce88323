import ArgumentParser
import CommandOutput
import Files
import Foundation
import ServedPrograms

/// `mili bench-programs`
struct BenchProgramsCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench-programs",
    abstract: "Measures how fast many inputs of one compiled program are served.",
    discussion: """
      All inputs come at once, and the program is read once for all of them. That is compared with runs in the same process, \
      one after the other, each of which reads the program itself; the two take turns, and the median of their ratio counts. \
      What a run costs that goes on from a program is measured too, with its caches shared and with their copies. Sharing saves \
      the reading: much where a long program answers in few tokens, nothing where it computes for long.

      Example: mili bench-programs hello
      Example: mili bench-programs addition --inputs sums.txt --rounds 9 --json
      """)

  @Argument(help: ArgumentHelp("A .c or .wasm file, or the name of an example.", valueName: "program"))
  var program: String

  @Option(help: ArgumentHelp("Inputs, one a line. (default: the numbers from 1 on)", valueName: "file"))
  var inputs: String?

  @Option(
    parsing: .unconditional, help: ArgumentHelp("How many inputs, where there is no file of them.", valueName: "n"))
  var count = 100

  @Option(parsing: .unconditional, help: ArgumentHelp("How often everything is measured.", valueName: "n"))
  var rounds = 5

  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Runs that are computed at the same moment. (default: one per core)", valueName: "n"))
  var threads: Int?

  @Flag(help: "Print a JSON object.")
  var json = false

  func validate() throws {
    let ranges = [
      ("--count", count, 1...100_000), ("--rounds", rounds, 1...1000), ("--threads", threads ?? 1, 1...1024),
    ]
    for (name, value, range) in ranges where !range.contains(value) {
      throw ValidationError("\(name): expected a number from \(range.lowerBound) to \(range.upperBound)")
    }
  }

  /// What is printed.
  private struct Report: Encodable {
    var program: String
    var inputs: Int
    var promptTokens: Int
    var rounds: [ProgramBenchmark.Round]
    /// The median of how many times the rate of separate runs is served.
    var ratio: Double
    var fork: ForkMeasurement
  }

  func run() async throws {
    let inputs = try inputLines()
    var configuration = ProgramServingConfiguration()
    configuration.threads = threads
    var library = ProgramLibrary(machine: try ProgramLibrary.machine(), configuration)
    try library.add(source: program)
    guard let served = library.programs.first else { throw CommandError("\(program): expected a program") }
    let benchmark = ProgramBenchmark(served, inputs: inputs, configuration)
    var report = Report(
      program: served.name, inputs: benchmark.inputs.count, promptTokens: benchmark.promptTokens, rounds: [], ratio: 0,
      fork: try ForkMeasurement(of: served, count: 101))
    for _ in 0..<rounds {
      report.rounds.append(try await benchmark.round())
      if !json { try print(report.rounds[report.rounds.count - 1]) }
    }
    report.ratio = report.rounds.map { $0.separateSeconds / $0.servedSeconds }.sorted()[rounds / 2]
    if json { return try Terminal.print(JSONLine.encode(report)) }
    try print(report)
  }

  private func inputLines() throws -> [[UInt8]] {
    guard let inputs else { return (1...count).map { Array("\($0)".utf8) } }
    let lines = try InputFile.bytes(of: inputs).split(separator: UInt8(ascii: "\n"))
    guard !lines.isEmpty else { throw CommandError("\(inputs): expected at least one line") }
    return lines.map { $0.last == UInt8(ascii: "\r") ? Array($0.dropLast()) : Array($0) }
  }

  private func print(_ round: ProgramBenchmark.Round) throws {
    try Terminal.print(
      String(
        format: "served %.3f s, separate runs %.3f s: %.2f times the rate, ",
        round.servedSeconds, round.separateSeconds, round.separateSeconds / round.servedSeconds)
        + "\(round.generatedTokens) tokens behind the prompts")
  }

  private func print(_ report: Report) throws {
    let fork = report.fork
    try Terminal.print(
      "\(report.program), \(report.inputs) inputs, prompt of \(report.promptTokens) tokens: "
        + String(format: "%.2f times the rate in the median", report.ratio))
    try Terminal.print(
      "\(fork.programBytes) bytes of caches; a fork takes \(fork.forkBytes) bytes and "
        + String(format: "%.0f µs, a copy ", fork.forkSeconds * 1e6)
        + "\(fork.copyBytes) bytes and " + String(format: "%.0f µs", fork.copySeconds * 1e6))
  }
}
