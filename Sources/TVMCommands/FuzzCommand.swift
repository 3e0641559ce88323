import ArgumentParser
import CommandOutput
import Engine
import Files
import GraphFuzzing
import ModuleFuzzing

/// `tvm fuzz`
struct FuzzCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fuzz",
    abstract: "Compares the machine with others on random modules, or random graphs.",
    discussion: """
      Each module follows from a number. It is generated valid, and its functions are called one after another. Against the \
      reference interpreter every token is compared; against node (V8), results and traps. The first module in which something \
      differs is made as small as it gets and written as fuzz-SEED.wasm, with its calls as a script for 'tvm spectest' \
      (fuzz-SEED.json) and a report (fuzz-SEED.txt): the first token that differs, the instruction it belongs to, and what the \
      attention heads read. The exit code is then 1.

      Example: tvm fuzz --count 100
      Example: tvm fuzz --against node --count 10000
      Example: tvm fuzz --graphs --count 500
      """)

  @Flag(help: "Compare graph evaluators, schedule, dense and sparse engine on random graphs instead.")
  var graphs = false

  @Option(help: ArgumentHelp("How many modules or graphs.", valueName: "n"))
  var count = 100

  @Option(help: ArgumentHelp("The first one's number; the others follow it.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(help: "What says how modules behave: reference (the interpreter) or node.")
  var against = FuzzOracle.reference

  @Option(
    help: ArgumentHelp(
      """
      What is judged: the transformer on an engine (auto, compiled, encoded, plan, dense), the graph without weights (eval) or the \
      interpreter (reference). By default the interpreter against node, else the transformer.
      """, valueName: "engine"))
  var engine: TraceEngine?

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder for what is found.", valueName: "folder"))
  var output = "."

  @Flag(help: "Print one JSON object and nothing else.")
  var json = false

  func validate() throws {
    if count < 1 { throw ValidationError("--count: expected at least 1, found \(count)") }
    if graphs && engine != nil { throw ValidationError("--engine: graphs are run on all engines") }
  }

  func run() throws {
    try OutputFile.check(path(of: "fuzz"))
    let report = try graphs ? compareGraphs() : compareModules()
    try Terminal.print(json ? JSONLine.encode(report) : report.text)
    if report.difference != nil { throw ExitCode(1) }
  }

  private func compareModules() throws -> FuzzReport {
    let subject = engine ?? (against == .node ? .reference : .transformer(.automatic))
    let comparison = ModuleComparison(try against.oracle(), machine: try subject.machines())
    var fuzzer = ModuleFuzzer(comparison)
    let failure = try fuzzer.run(seed: seed, count: count) { statistics in
      Terminal.showStatus("\(Numbers.grouped(statistics.modules)) of \(Numbers.grouped(count)) modules")
    }
    Terminal.clearStatus()
    var report = FuzzReport(fuzzer.statistics)
    if let failure {
      report.difference = "seed \(failure.seed): \(failure.difference)"
      let name = "fuzz-\(failure.seed)"
      report.files = try write([
        ("\(name).wasm", failure.module), ("\(name).json", try failure.script(filename: "\(name).wasm")),
        ("\(name).txt", Array(failure.report(by: try subject.explainedModel()).utf8)),
      ])
    }
    return report
  }

  private func compareGraphs() throws -> FuzzReport {
    var fuzzer = GraphFuzzer()
    let failure = try fuzzer.run(
      seed: seed, count: count,
      progress: { Terminal.showStatus("\(Numbers.grouped($0)) of \(Numbers.grouped(count)) graphs") })
    Terminal.clearStatus()
    var report = FuzzReport(fuzzer)
    if let failure {
      report.difference = "seed \(failure.seed): \(failure.difference.text)"
      report.files = try write([("fuzz-graph-\(failure.seed).txt", Array(failure.report.utf8))])
    }
    return report
  }

  /// Where a file goes that is found.
  private func path(of name: String) -> String {
    output == "." ? name : "\(output)/\(name)"
  }

  /// - Returns: the paths.
  private func write(_ files: [(name: String, bytes: [UInt8])]) throws(FileError) -> [String] {
    var paths: [String] = []
    for file in files {
      let path = path(of: file.name)
      try OutputFile.write(file.bytes, to: path)
      paths.append(path)
    }
    return paths
  }
}

/// What says how modules behave.
enum FuzzOracle: String, ExpressibleByArgument, CaseIterable {
  case reference
  case node

  /// - Throws: ``FuzzingError`` when there is no node.
  func oracle() throws(FuzzingError) -> ModuleComparison.Oracle {
    switch self {
    case .reference: return .reference
    case .node:
      guard let node = NodeProcess.find() else {
        throw FuzzingError("--against node: expected node on the search path")
      }
      return .node(node)
    }
  }
}
