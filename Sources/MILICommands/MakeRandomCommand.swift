import ArgumentParser
import CommandOutput
import Foundation
import LanguageModel
import MILI
import Subprocesses

/// `mili make-random`
struct MakeRandomCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "make-random",
    abstract: "Makes a checkpoint with random weights, for measurements and tests.",
    discussion: """
      It has the files of a published checkpoint; what it says is nonsense. The same seed makes the same bytes.

      Example: mili make-random --shape tiny -o tiny
      """)

  @Option(help: "The shape of the model.")
  var shape: ShapeName

  @Option(
    help: ArgumentHelp(
      "A folder whose tokenizer and chat template to take. (default: a token for each byte)", valueName: "folder"))
  var tokenizer: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("Other weights for each number.", valueName: "n"))
  var seed: UInt64 = 1

  @Option(name: .shortAndLong, help: ArgumentHelp("The folder to write.", valueName: "folder"))
  var output: String

  @Flag(help: "Replace a model that the folder holds, all of it.")
  var force = false

  @Flag(help: "Print one JSON object.")
  var json = false

  func validate() throws {
    if let tokenizer { try FolderArgument.check(tokenizer, "--tokenizer") }
    try FolderArgument.check(output, "--output")
  }

  func run() throws {
    let source = try tokenizer.map { try Tokenizer.from(modelFolder: URL(filePath: $0)) }
    let shape = shape.configuration(vocabularySize: source?.vocabularySize ?? ByteTokenizer.vocabularySize)
    // Before anything is written, since it may be what is replaced.
    let tokenizerFiles = try tokenizer.map(readTokenizer)
    let tensors = "\(output)/model.safetensors"
    try Leftovers.ofProcess.removing(with: { PartialFile.remove(for: tensors, replacingLink: true) }) {
      try FolderArgument.suggestingForce {
        try RandomCheckpoint.write(shape, seed: seed, to: output, replacing: force)
      }
    }
    try writeTokenizer(tokenizerFiles)
    let bytes = try FileManager.default.attributesOfItem(atPath: "\(output)/model.safetensors")[.size] as? Int ?? 0
    if json {
      try Terminal.print(JSONLine.encode(MadeModel(folder: output, bytes: bytes, shape: self.shape.rawValue)))
    } else {
      try Terminal.print("\(output): \(shape.layers) layers, \(bytes) bytes of weights")
    }
  }

  /// The files of a folder's tokenizer and chat template, by name.
  private func readTokenizer(_ folder: String) throws -> [String: Data] {
    var files: [String: Data] = [:]
    for name in ["tokenizer.json", "tokenizer_config.json", "chat_template.jinja", "generation_config.json"]
    where FileManager.default.fileExists(atPath: "\(folder)/\(name)") {
      guard let data = FileManager.default.contents(atPath: "\(folder)/\(name)") else {
        throw CommandError("\(folder)/\(name): the file cannot be read")
      }
      files[name] = data
    }
    return files
  }

  private func writeTokenizer(_ files: [String: Data]?) throws {
    let folder = URL(filePath: output)
    do {
      guard let files else { return try ByteTokenizer.write(to: folder) }
      for (name, data) in files { try data.write(to: folder.appendingPathComponent(name)) }
    } catch {
      throw CommandError("\(output): the tokenizer's files cannot be written")
    }
  }
}

/// What `mili make-random --json` prints.
private struct MadeModel: Encodable {
  let folder: String
  let bytes: Int
  let shape: String
}
