import ArgumentParser
import CommandOutput
import TransformerVM

/// `tvm inspect`
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what a model file holds: layers, widths, heads by kind, non-zeros, slots.",
    discussion: """
      Everything is read off the weights. A head is unused, a passthrough (it reads its own position), a gather (the position \
      that its query names), a running mean, a line (other keys on a line), an integer key (the nearest of the integers \
      that its keys name) or a hull (any other two-dimensional keys). The execution plan is what the engines compute for each \
      token.

      Example: tvm inspect universal.safetensors
      Example: tvm inspect --machine full
      """)

  @Argument(help: "A model file: .bin or .safetensors. Without one, the universal machine as it is built.")
  var file: String?

  @OptionGroup var machine: MachineOption

  @Flag(help: "Print one JSON object.")
  var json = false

  func run() throws {
    let summary = ModelSummary(of: try ModelInUse(file: file, machine: machine).model)
    try Terminal.print(json ? try JSONLine.encode(summary) : InspectText.text(summary))
  }
}

/// The words and tables in which a model is shown to a person.
enum InspectText {
  static func text(_ summary: ModelSummary) -> String {
    let kind = summary.isSpecialized ? "specialised to a program" : "universal"
    var lines = [
      "\(summary.layers.count) layers, d_model \(summary.modelWidth), \(summary.headCount) heads, "
        + "d_ffn \(summary.feedForwardWidth), \(summary.vocabularySize) tokens, stop token '\(summary.stopToken)', \(kind)",
      "",
      row("", ["in_proj", "out_proj", "ff_in", "ff_out"], "heads"),
    ]
    for (index, layer) in summary.layers.enumerated() {
      let matrices = [layer.inProjection, layer.outProjection, layer.feedForwardIn, layer.feedForwardOut]
      lines.append(row("layer \(index)", matrices.map(share), heads(layer)))
    }
    lines.append("embedding \(share(summary.embedding)), head \(share(summary.head)) non-zero")
    lines.append("\(Numbers.grouped(summary.projectionNonZeros)) non-zeros in the projections of all layers")
    lines.append("")
    for (index, layer) in summary.layers.enumerated() {
      lines.append("layer \(index) attention     " + slots(layer.writtenByAttention, layer.erasedAfterAttention))
      lines.append("layer \(index) feed-forward  " + slots(layer.writtenByFeedForward, layer.erasedAfterFeedForward))
    }
    lines += ["", "execution plan"] + summary.plan.map { "  " + $0 }
    return lines.joined(separator: "\n")
  }

  private static func row(_ name: String, _ cells: [String], _ last: String) -> String {
    name.padded(to: 9) + cells.map { $0.padded(to: 14, alignRight: true) }.joined() + "  " + last
  }

  private static func share(_ weights: ModelSummary.Weights) -> String {
    "\(Numbers.grouped(weights.nonZeros))/\(Numbers.grouped(weights.rows * weights.columns))"
  }

  private static func heads(_ layer: ModelSummary.Layer) -> String {
    layer.heads.sorted { ($1.value, $0.key) < ($0.value, $1.key) }.map { "\($0.value) \($0.key)" }.joined(
      separator: ", ")
  }

  private static func slots(_ written: [Int], _ erased: [Int]) -> String {
    "writes \(list(written)), erases \(list(erased))"
  }

  private static func list(_ slots: [Int]) -> String {
    slots.isEmpty ? "none" : slots.map(String.init).joined(separator: " ")
  }
}
