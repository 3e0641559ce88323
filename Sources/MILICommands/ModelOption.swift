import ArgumentParser
import Foundation
import MILI

/// The options that say which model to run, and on what.
struct ModelOption: ParsableArguments {
  @Option(help: ArgumentHelp("The folder of a checkpoint.", valueName: "folder"))
  var model: String

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Threads to compute with. (default: one per core)", valueName: "n"))
  var threads: Int?

  func validate() throws {
    try FolderArgument.check(model, "--model")
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads: expected a number from 1 to 1024, found \(threads)")
    }
  }

  /// The model with its tokenizer.
  func load() throws -> ModelContext {
    try loadModel(directory: URL(filePath: model), threads: threads)
  }
}
