import ArgumentParser
import CommandOutput
import Foundation
import MILI

/// `mili bench`
struct BenchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "bench",
    abstract: "Measures a model, or a tokenizer.",
    discussion: """
      Each token is compared with how fast the same threads read memory right after it. Of speeds the best counts, since \
      other programs only make a machine slower; of the shares the median.

      Example: mili bench --model Qwen3-0.6B-int8
      """)

  @Option(help: ArgumentHelp("The folder of a checkpoint.", valueName: "folder"))
  var model: String?

  @Option(
    name: .customLong("threads"), parsing: .unconditionalSingleValue,
    help: ArgumentHelp("Threads to compute with; may be repeated. (default: 1, then 2)", valueName: "n"))
  var threadCounts: [Int] = []

  @Option(parsing: .unconditional, help: ArgumentHelp("Tokens to compute at once; 0 leaves that out.", valueName: "n"))
  var prefill = 512

  @Option(help: ArgumentHelp("A folder with tokenizer.json.", valueName: "folder"))
  var tokenizer: String?

  @Option(help: ArgumentHelp("What to encode: a file, or a folder of files.", valueName: "path"))
  var text: String?

  @Option(parsing: .unconditional, help: ArgumentHelp("How often to measure.", valueName: "n"))
  var passes = 10

  @Flag(help: "Print one JSON object for each measurement.")
  var json = false

  func validate() throws {
    if let model { try FolderArgument.check(model, "--model") }
    if let tokenizer { try FolderArgument.check(tokenizer, "--tokenizer") }
    guard model != nil || tokenizer != nil else { throw ValidationError("expected --model or --tokenizer") }
    guard (tokenizer == nil) == (text == nil) else { throw ValidationError("expected --tokenizer with --text") }
    guard threadCounts.allSatisfy({ (1...1024).contains($0) }) else {
      throw ValidationError("--threads: expected a number from 1 to 1024")
    }
    guard (0...32768).contains(prefill) else { throw ValidationError("--prefill: expected a number from 0 to 32768") }
    guard (1...10_000).contains(passes) else { throw ValidationError("--passes: expected a number from 1 to 10000") }
  }

  func run() throws {
    if let model {
      for threads in threadCounts.isEmpty ? [1, 2] : threadCounts {
        try show(ModelBenchmark(folder: model, threads: threads, prefillTokens: prefill, passes: passes))
      }
    }
    if let tokenizer, let text {
      let files = try TokenizerBenchmark.files(at: text)
      try show(TokenizerBenchmark(folder: tokenizer, texts: files, passes: passes))
    }
  }

  private func show(_ result: ModelBenchmark) throws {
    if json { return try Terminal.print(JSONLine.encode(result)) }
    let prefill =
      result.prefillTokens == 0
      ? "" : String(format: "prefill of %d at %.1f tokens/s, ", result.prefillTokens, result.prefillTokensPerSecond)
    try Terminal.print(
      "\(result.threads) thread\(result.threads == 1 ? "" : "s") (\(result.kernels)): " + prefill
        + String(
          format: "decode at %.2f tokens/s, %.1f MB a token, at best; reading at %.2f GB/s at best, "
            + "decoding at %.1f %% of that in the median; first token after %.2f s",
          result.decodeTokensPerSecond, Double(result.bytesPerToken) / 1e6, result.readBandwidth / 1e9,
          result.shareOfReadBandwidth * 100, result.secondsToFirstToken))
  }

  private func show(_ result: TokenizerBenchmark) throws {
    if json { return try Terminal.print(JSONLine.encode(result)) }
    try Terminal.print(
      String(
        format: "%d files, %d bytes, %d tokens: %.1f MB/s cold, %.1f MB/s at best, loaded in %.2f s", result.files,
        result.bytes, result.tokens, result.coldMegabytesPerSecond, result.bestMegabytesPerSecond, result.loadSeconds))
  }
}
