import CommandOutput
import Files
import Transformer
import TransformerVM

/// `tvm bench --growth`
struct GrowthBench {
  let model: TransformerModel
  let tokens: Int
  let output: String?
  let json: Bool

  /// What is printed as JSON for each point.
  private struct Row: Encodable {
    let program: String
    let point: GrowthRun.Point

    func encode(to encoder: any Encoder) throws {
      try point.encode(to: encoder)
      var container = encoder.container(keyedBy: Key.self)
      try container.encode(program, forKey: .program)
    }

    private enum Key: String, CodingKey {
      case program
    }
  }

  func run() throws {
    var runs: [(name: String, points: [GrowthRun.Point])] = []
    for subject in GrowthRun.Subject.allCases {
      let run = try GrowthRun(subject, model: model, engine: .compiled, tokens: tokens) { count in
        Terminal.showStatus("\(subject.rawValue): \(Numbers.grouped(count)) of \(Numbers.grouped(tokens)) tokens")
      }
      Terminal.clearStatus()
      runs.append((subject.rawValue, run.points))
      for point in run.points {
        try Terminal.print(
          json ? JSONLine.encode(Row(program: subject.rawValue, point: point)) : line(subject.rawValue, point))
      }
    }
    if let output {
      let plot = GrowthPlot(command: "tvm bench --growth \(tokens)", runs: runs)
      try OutputFile.write(plot.svg.utf8, to: output)
    }
  }

  private func line(_ name: String, _ point: GrowthRun.Point) -> String {
    name.padded(to: 8) + Numbers.grouped(point.tokens).padded(to: 12, alignRight: true) + " tokens"
      + Numbers.grouped(point.tokensPerSecond).padded(to: 12, alignRight: true) + " tokens/s"
      + Numbers.decimal(point.bytesPerToken, places: 1).padded(to: 9, alignRight: true) + " bytes a token"
  }
}
