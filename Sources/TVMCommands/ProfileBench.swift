import CommandOutput
import Engine
import Transformer
import TransformerVM

/// `tvm bench --profile`
struct ProfileBench {
  let model: TransformerModel
  let programs: [(name: String, program: MachineProgram)]
  let json: Bool

  /// What is printed as JSON for each part.
  private struct Row: Encodable {
    let program: String
    let part: String
    let share: Double
  }

  func run() throws {
    let vocabulary = try Executor(model: model).vocabulary
    for (name, program) in programs {
      let trace = try TokenTrace(of: program, vocabulary: vocabulary, host: program.host)
      let profile = try BlockProfile(of: model, reading: trace.ids, cache: CodeCache())
      let samples = profile.samples.values.reduce(0, +)
      if !json { try Terminal.print("\(name), \(Numbers.grouped(samples)) samples") }
      for part in BlockProfile.Part.allCases {
        let share = profile.share(of: part)
        let line =
          "  " + part.name.padded(to: 30) + Numbers.decimal(100 * share, places: 1).padded(to: 6, alignRight: true)
        try Terminal.print(
          json ? JSONLine.encode(Row(program: name, part: part.name, share: share)) : line + " %")
      }
    }
  }
}
