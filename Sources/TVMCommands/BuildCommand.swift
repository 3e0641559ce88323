import ArgumentParser
import TransformerVM

/// `tvm build`
struct BuildCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "build",
    abstract: "Builds the universal machine's weights and writes them to a file.",
    discussion: """
      The weights follow from the graph and a plan: from one plan they are the same to the byte everywhere.

      Example: tvm build -o universal.safetensors
      Example: tvm build --plan plan.yaml -o model.bin
      """)

  @Option(help: ArgumentHelp("A plan of 'tvm schedule' instead of the one that ships.", valueName: "file"))
  var plan: String?

  @Option(name: .shortAndLong, help: ArgumentHelp("Where to write: .bin or .safetensors.", valueName: "file"))
  var output: String

  func run() throws {
    let machine = try Pipeline.universalMachine()
    let schedule =
      try plan.map { try Pipeline.schedule(fromPlan: $0, for: machine.graph) }
      ?? Pipeline.shippedSchedule(for: machine.graph)
    let model = try Pipeline.weights(for: machine, schedule: schedule)
    try model.write(toFile: output)
    Terminal.report(
      "\(output): \(model.layers.count) layers, d_model \(model.modelWidth), \(model.vocabularySize) tokens")
  }
}
