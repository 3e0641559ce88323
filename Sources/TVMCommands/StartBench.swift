import CommandOutput
import Transformer
import TransformerVM

/// `tvm bench --start`
struct StartBench {
  let model: TransformerModel
  let programs: [(name: String, program: MachineProgram)]
  let rounds: Int
  let json: Bool

  /// What is printed as JSON for each program; seconds, medians of the rounds.
  private struct Row: Encodable {
    let program: String
    let engine: String
    let promptTokens: Int
    let compiling: Double
    let reading: Double
    let starting: Double
    let firstToken: Double

    private enum CodingKeys: String, CodingKey {
      case program, engine
      case promptTokens = "prompt_tokens"
      case compiling = "first_compilation_seconds"
      case reading = "reading_seconds"
      case starting = "starting_seconds"
      case firstToken = "first_token_seconds"
    }
  }

  func run() throws {
    for (name, program) in programs {
      let start = try StartBenchmark(of: program, model: model, rounds: rounds) {
        Terminal.showStatus("\(name), \($0)")
      }
      Terminal.clearStatus()
      let row = Row(
        program: name, engine: start.engine, promptTokens: start.promptTokens,
        compiling: start.compiling, reading: Benchmark.Result.median(start.reading),
        starting: Benchmark.Result.median(start.starting),
        firstToken: start.median)
      try Terminal.print(json ? JSONLine.encode(row) : Self.text(row, rounds))
    }
  }

  private static func text(_ row: Row, _ rounds: Int) -> String {
    func milliseconds(_ seconds: Double) -> String { Numbers.decimal(1000 * seconds, places: 1) + " ms" }
    return
      "\(row.program), \(row.engine): \(milliseconds(row.firstToken)) from the file's bytes to the first token behind a prompt "
      + "of \(Numbers.grouped(row.promptTokens)) tokens (model \(milliseconds(row.reading)), plan, code and prompt "
      + "\(milliseconds(row.starting)); medians of \(rounds)); first "
      + "compilation \(Numbers.decimal(row.compiling, places: 2)) s"
  }
}
