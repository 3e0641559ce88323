import ArgumentParser
import Engine
import Transformer
import TransformerVM

/// `tvm inspect`
struct InspectCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "inspect",
    abstract: "Shows what a model file holds: layers, widths, heads by kind, non-zeros, slots.",
    discussion: "Example: tvm inspect universal.safetensors")

  @Argument(help: "A model file: .bin or .safetensors.")
  var file: String

  func run() throws {
    _ = try InputFile.bytes(of: file)
    let model = try TransformerModel(contentsOfFile: file)
    Terminal.print(
      "\(model.layers.count) layers, d_model \(model.modelWidth), \(model.headCount) heads, d_ffn \(model.feedForwardWidth)"
    )
  }
}
