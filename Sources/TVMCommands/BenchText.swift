import CommandOutput
import TransformerVM

/// The tables in which a benchmark is shown.
enum BenchText {
  /// What `tvm bench --json` prints for a program and an engine.
  private struct Row: Encodable {
    let program: String
    let engine: String
    let tokens: Int
    let median: Double
    let least: Double
    let greatest: Double
    let ratio: Double?

    private enum CodingKeys: String, CodingKey {
      case program, engine, tokens
      case median = "tokens_per_second"
      case least = "least"
      case greatest = "greatest"
      case ratio = "ratio_to_dense"
    }
  }

  /// A line for each program and engine.
  static func lines(_ benchmark: Benchmark, json: Bool) throws -> [String] {
    let rows = benchmark.results.map { result in
      let dense = benchmark.results.first { $0.program == result.program && $0.subject == "dense" }
      return Row(
        program: result.program, engine: result.subject, tokens: result.tokens, median: result.median,
        least: result.rates.min() ?? 0, greatest: result.rates.max() ?? 0,
        ratio: dense.map { result.median / $0.median })
    }
    guard !json else { return try rows.map(JSONLine.encode) }
    let cells = rows.map { row in
      [
        row.program, row.engine, Numbers.grouped(row.tokens), Numbers.grouped(row.median),
        "\(Numbers.grouped(row.least)) … \(Numbers.grouped(row.greatest))",
        row.ratio.map { Numbers.decimal($0, places: 1) } ?? "",
      ]
    }
    return table([["program", "engine", "tokens", "tokens/s, median", "range", "× dense"]] + cells)
  }

  /// Columns as wide as their widest cell; all but the first two are aligned to the right.
  private static func table(_ rows: [[String]]) -> [String] {
    let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    return rows.map { row in
      zip(row, widths).enumerated().map { column, cell in cell.0.padded(to: cell.1, alignRight: column > 1) }
        .joined(separator: "  ")
    }
  }
}
