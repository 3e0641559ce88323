import ArgumentParser
import Batching
import CommandOutput
import Foundation
import HTTPServing
import LanguageModel
import Logging
import MILI
import OpenAIProtocol
import PagedCache
import ServedLanguageModel
import ServedModels
import ServedProgramModel
import Serving

/// `mili serve`
struct ServeCommand: AsyncParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "serve",
    abstract: "Serves models over HTTP, as OpenAI's clients expect it.",
    discussion: """
      Chat and text completions are at /v1, for any client of OpenAI's interface. The address is printed when the server \
      listens; port 0 takes any that is free. Ctrl-C or SIGTERM lets running requests end first, and \
      ends them when it comes again.

      A compiled program is a model too: its prompt is its input, its answer what it prints.

      Example: mili serve --model Qwen3-0.6B --port 8000
      Example: mili serve --program sudoku --program tool.wasm
      """)

  @Option(
    help: ArgumentHelp(
      """
      The folder of a checkpoint, or the .safetensors or .bin file of a compiled transformer; a name to serve it by may come \
      first: NAME=FOLDER.
      """, valueName: "folder"))
  var model: [String] = []

  @Option(
    parsing: .unconditional, help: ArgumentHelp("Threads to compute with. (default: one per core)", valueName: "n"))
  var threads: Int?

  @OptionGroup var listening: ListeningOptions
  @OptionGroup var serving: ServingOptions
  @OptionGroup var programs: ProgramOptions

  func validate() throws {
    if model.isEmpty, programs.programs.isEmpty, !programs.acceptPrograms {
      throw ValidationError("expected at least one --model or --program")
    }
    if let argument = model.first(where: { parts($0).name.isEmpty || parts($0).path.isEmpty }) {
      throw ValidationError("--model: expected a folder, or NAME=FOLDER, found '\(argument)'")
    }
    if let threads, !(1...1024).contains(threads) {
      throw ValidationError("--threads: expected a number from 1 to 1024, found \(threads)")
    }
  }

  func run() async throws {
    let configuration = try listening.configuration()
    let models = ServedModels()
    let arguments = model.map(parts)
    let preparations = PreparationQueue(accounts: configuration.keys.count)
    for (name, path) in arguments where !isCompiled(path) {
      let model = try load(path, as: name, accounts: configuration.keys.count, preparations)
      try add(ToolRunningModel(model, programs: models), to: models)
    }
    let files = arguments.filter { isCompiled($0.path) }
    let limits = programs.configuration(serving, accounts: configuration.keys.count)
    for program in try programs.models(files: files, limits) { try add(program, to: models) }
    let host = configuration.host
    // A long prompt takes a while to become tokens, for which others must not wait.
    let server = HTTPServer(models, configuration, logger: listening.logger, executor: GenerationExecutor.shared)
    try await server.run(untilSignal: true, secondSignal: { Foundation.exit(130) }) { port in
      // Nobody may read this; the server works all the same.
      try? Terminal.print("listening on http://\(host.contains(":") ? "[\(host)]" : host):\(port)")
    }
  }

  private func add(_ model: any ServedModel, to models: ServedModels) throws {
    guard !models.all.contains(where: { $0.card.id == model.card.id }) else {
      throw CommandError("--model: '\(model.card.id)' comes twice; expected another name: NAME=FOLDER")
    }
    models.add(model)
  }

  /// The name and the path that an argument says.
  private func parts(_ argument: String) -> (name: String, path: String) {
    let parts = argument.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
    let isNamed = parts.count == 2 && !FileManager.default.fileExists(atPath: argument)
    let path = isNamed ? parts[1] : argument
    let url = URL(filePath: path).standardizedFileURL
    return (isNamed ? parts[0] : (isCompiled(path) ? url.deletingPathExtension() : url).lastPathComponent, path)
  }

  /// Whether a path is that of a compiled transformer's file rather than of a checkpoint's folder.
  private func isCompiled(_ path: String) -> Bool {
    path.hasSuffix(".safetensors") || path.hasSuffix(".bin")
  }

  private func load(
    _ folder: String, as name: String, accounts: Int, _ preparations: PreparationQueue
  ) throws -> LanguageModelService {
    let context = try loadModel(directory: URL(filePath: folder), threads: threads)
    let configuration = serving.configuration(accounts: accounts)
    let pages = try configuration.makePool(for: context.model.configuration)
    let card = ModelCard(
      id: name, created: Int(Date().timeIntervalSince1970), owner: "mili",
      longestSequence: min(context.model.configuration.longestContext, pages.tokenCapacity))
    let engine = try ServingEngine(model: context.model, configuration)
    return LanguageModelService(
      card, context, engine, pageSize: configuration.pageSize, preparations: preparations)
  }
}
