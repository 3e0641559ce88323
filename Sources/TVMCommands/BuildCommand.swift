import ArgumentParser
import CommandOutput
import Files
import Transformer
import TransformerVM

/// `tvm build`
struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Builds a universal machine's weights and writes them to a file.",
    discussion: """
      The weights follow from the graph and a plan: from one plan they are the same to the byte everywhere.

      Example: tvm build -o universal.safetensors
      Example: tvm build --machine full -o full.safetensors
      Example: tvm build --plan plan.yaml -o model.bin
      """)

  @OptionGroup var machine: MachineOption

  @Option(help: ArgumentHelp("A plan of 'tvm schedule' instead of the one that ships.", valueName: "file"))
  var plan: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write: .bin or .safetensors.", valueName: "file"))
  var output: String

  @Flag(help: "Print one JSON object about what was written.")
  var json = false

  func run() throws {
    try TransformerModel.checkName(ofFile: output)
    try OutputFile.check(output)
    let machine = try Pipeline.universalMachine(self.machine.profile)
    let schedule =
      try plan.map { try Pipeline.schedule(fromPlan: $0, for: machine.graph) }
      ?? Pipeline.shippedSchedule(for: machine)
    let model = try Pipeline.weights(for: machine, schedule: schedule)
    try model.write(toFile: output)
    let report = BuildReport(file: output, model)
    if json { return try Terminal.print(JSONLine.encode(report)) }
    Terminal.report("\(output): \(report.layers) layers, d_model \(report.modelWidth), \(report.vocabulary) tokens")
  }
}

/// What `tvm build --json` prints.
private struct BuildReport: Encodable {
  let file: String
  let layers: Int
  let modelWidth: Int
  let feedForwardWidth: Int
  let vocabulary: Int

  init(file: String, _ model: TransformerModel) {
    self.file = file
    layers = model.layers.count
    modelWidth = model.modelWidth
    feedForwardWidth = model.feedForwardWidth
    vocabulary = model.vocabularySize
  }

  private enum CodingKeys: String, CodingKey {
    case file, layers, vocabulary
    case modelWidth = "d_model"
    case feedForwardWidth = "d_ffn"
  }
}
