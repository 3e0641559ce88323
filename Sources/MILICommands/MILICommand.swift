public import ArgumentParser
import CommandOutput
import Subprocesses

/// The command `mili`.
public struct MILICommand: AsyncParsableCommand {
  public static let configuration = CommandConfiguration(
    commandName: "mili",
    abstract: "Runs Qwen3 language models from their published checkpoints.",
    discussion: """
      A model is the folder of a checkpoint as it is downloaded: config.json, safetensors, tokenizer.json.

      Example: mili chat --model Qwen3-0.6B
      """,
    version: "0.1.0",
    subcommands: [
      GenerateCommand.self, ChatCommand.self, TokenizeCommand.self, QuantizeCommand.self, BenchCommand.self,
      BenchServingCommand.self, BenchProgramsCommand.self, ServeCommand.self, LoadCommand.self,
      MakeRandomCommand.self, LogitsCommand.self,
    ])

  public init() {}

  /// Runs the process's command line.
  public static func run() async {
    Terminal.holdStandardStreams()
    Terminal.ignoreFileSizeSignal()
    SignalCleanup.install()
    await main()
  }
}
