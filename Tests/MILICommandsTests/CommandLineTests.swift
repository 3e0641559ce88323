import ArgumentParser
import Foundation
import MILI
import MILICommands
import TestSupport
import Testing

/// What a person meets who types a command: help, wrong usage, damaged models.
@Suite struct CommandLineTests {
  static let commands = [
    "generate", "chat", "tokenize", "quantize", "bench", "bench-serving", "load", "make-random", "logits",
  ]

  @Test(arguments: commands)
  func helpShowsAnExampleAndJSON(_ command: String) throws {
    let help = MILICommand.message(for: try #require(Self.failure([command, "--help"])))
    #expect(help.contains("Example: mili \(command)"))
    #expect(help.contains("--json"))
  }

  @Test(arguments: [
    ["nonsense"], ["generate"], ["generate", "--model", "m"], ["generate", "--prompt", "x"],
    ["generate", "--model", "m", "--prompt", "x", "--temperature", "hot"],
    ["generate", "--model", "m", "--prompt", "x", "--temperature=-1"],
    ["generate", "--model", "m", "--prompt", "x", "--top-p", "1.5"],
    ["generate", "--model", "m", "--prompt", "x", "--top-p", "nan"],
    ["generate", "--model", "m", "--prompt", "x", "--max-tokens=-1"],
    ["generate", "--model", "m", "--prompt", "x", "--threads", "0"],
    ["generate", "--model", "m", "--prompt", "x", "--draft", "1000000000"],
    ["generate", "--model", "m", "--prompt", "x", "--raw", "--no-think"],
    ["chat"], ["chat", "--model", "m", "--min-p", "2"], ["tokenize", "--model", "m"],
    ["tokenize", "--model", "m", "x", "--decode", "1"], ["tokenize", "--model", "m", "--decode", "1", "--plain"],
    ["quantize"], ["quantize", "m"], ["bench"], ["bench", "--tokenizer", "m"],
    ["bench", "--model", "m", "--text", "x"],
    ["bench", "--model", "m", "--threads", "0"], ["bench", "--model", "m", "--passes", "0"],
    ["bench", "--model", "m", "--prefill=-1"], ["bench-serving"], ["bench-serving", "--model", "m", "--shared", "101"],
    ["bench-serving", "--model", "m", "--kv-precision", "f16"], ["bench-serving", "--model", "m", "--budget", "0"],
    ["bench-serving", "--model", "m", "--page-size", "24"], ["serve", "--model", "m", "--eviction", "random"],
    ["serve", "--model", "m", "--page-size", "0"], ["serve", "--model", "=m"], ["serve", "--model", "m="],
    ["load"], ["load", "--model", "m", "--rate", "1", "--concurrency", "2"], ["load", "--model", "m", "--rate", "0"],
    ["load", "--model", "m", "--prompt", "9-3"], ["load", "--model", "m", "--generate", "lognormal:5"],
    ["load", "--model", "m", "--url", "localhost"], ["load", "--model", "m", "--endpoint", "embeddings"],
    ["load", "--model", "m", "--shared", "101"], ["load", "--model", "m", "--slo-ttft", "nan"],
    ["make-random", "-o", "m"],
    ["make-random", "--shape", "huge", "-o", "m"],
    ["logits", "--model", "m", "--ids", "1"], ["logits", "--model", "m", "-o", "x"],
    ["logits", "--model", "m", "--ids", "1", "-o", "-"], ["logits", "--model", "m", "--ids", "1", "-o", ""],
    ["generate", "--model", "", "--prompt", "x"], ["chat", "--model", ""], ["tokenize", "--model", "", "x"],
    ["quantize", "", "-o", "m"], ["quantize", "m", "-o", ""], ["make-random", "--shape", "tiny", "-o", ""],
    ["bench", "--model", ""], ["serve", "--model", ""], ["serve", "--model", "name="],
  ])
  func wrongUsageIsExitCode64(_ arguments: [String]) throws {
    let error = try #require(Self.failure(arguments))
    #expect(MILICommand.exitCode(for: error).rawValue == 64, "\(arguments): \(MILICommand.message(for: error))")
  }

  /// A number that is too small looks like an option.
  @Test(arguments: [
    (["generate", "--prompt", "x", "--temperature", "-1"], "--temperature must be 0 or more"),
    (["generate", "--prompt", "x", "--top-k", "-1"], "--top-k must not be negative"),
    (["generate", "--prompt", "x", "--max-tokens", "-1"], "--max-tokens must not be negative"),
    (["generate", "--prompt", "x", "--draft", "257"], "--draft must be from 0 to 256"),
    (["generate", "--prompt", "x", "--top-p", "2"], "--top-p must be from 0 to 1"),
    (["generate", "--prompt", "x", "--seed", "-1"], "'-1' is invalid for '--seed"),
    (["chat", "--threads", "-1"], "from 1 to 1024, found -1"), (["bench", "--threads", "-1"], "from 1 to 1024"),
    (["bench", "--prefill", "-1"], "from 0 to 32768"), (["bench-serving", "--requests", "-1"], "from 1 to 100000"),
    (["serve", "--port", "-1"], "from 0 to 65535"), (["load", "--rate", "-1"], "--rate: expected a number"),
  ])
  func numbersBelowTheirRangeAreToldIt(_ arguments: [String], _ words: String) throws {
    let error = try #require(Self.failure(arguments + ["--model", "m"]))
    let message = MILICommand.message(for: error)
    #expect(message.contains(words), "\(arguments): \(message)")
    #expect(MILICommand.exitCode(for: error).rawValue == 64)
  }

  @Test(arguments: [
    (["generate", "--prompt", ""], "the prompt is empty"),
    (["generate", "--prompt", "", "--raw"], "the prompt is empty"),
    (["tokenize", "--decode", "1,,2"], "both sides of each comma"), (["tokenize", "--decode", ",1"], "both sides"),
    (["logits", "--ids", "1,2,", "-o", "/dev/null/x"], "both sides"),
  ])
  func whatIsMissingInAnArgumentIsSaid(_ arguments: [String], _ words: String) throws {
    try withTinyModel { folder in
      let message = try Self.expectOneLine([arguments[0], "--model", folder.path] + arguments.dropFirst())
      #expect(message.contains(words), "\(arguments): \(message)")
    }
  }

  @Test func aModelIsReplacedOnlyByForce() throws {
    try withTinyModel(answerBeginning: "x") { folder in
      try withTinyModel { source in
        for arguments in [["make-random", "--shape", "tiny-moe"], ["quantize", source.path]] {
          let arguments = arguments + ["-o", folder.path]
          let message = try Self.expectOneLine(arguments)
          #expect(message.contains("\(folder.path)/chat_template.jinja") && message.contains("--force"))
          #expect(Self.failure(arguments + ["--force"]) == nil)
          #expect(Self.failure(["generate", "--model", folder.path, "--prompt", "x", "--max-tokens", "1"]) == nil)
          let template = folder.appending(path: "chat_template.jinja")
          #expect(!FileManager.default.fileExists(atPath: template.path))
          try Data("x".utf8).write(to: template)
        }
        // A tokenizer may come from the folder that is replaced.
        let again = ["make-random", "--shape", "tiny", "--tokenizer", folder.path, "-o", folder.path, "--force"]
        #expect(Self.failure(again) == nil)
        #expect(try Tokenizer.from(modelFolder: folder).vocabularySize == ByteTokenizer.vocabularySize)
      }
    }
  }

  @Test(arguments: [
    ["generate", "--model", "/nowhere", "--prompt", "x"], ["chat", "--model", "/nowhere"],
    ["tokenize", "--model", "/nowhere", "x"], ["quantize", "/nowhere", "-o", "/nowhere/else"],
    ["bench", "--model", "/nowhere"], ["bench-serving", "--model", "/nowhere"],
    ["bench-programs", "hello", "--inputs", "/nowhere"], ["bench-programs", "hello", "--inputs", "/"],
    ["bench", "--tokenizer", "/nowhere", "--text", "/dev/null"],
    ["bench", "--tokenizer", "/nowhere", "--text", "/nowhere"],
    ["make-random", "--shape", "tiny", "-o", "/dev/null/x"],
    ["make-random", "--shape", "tiny", "--tokenizer", "/nowhere", "-o", "/dev/null/x"],
    ["logits", "--model", "/nowhere", "--ids", "1", "-o", "/dev/null/x"],
  ])
  func whatIsMissingIsOneLine(_ arguments: [String]) throws {
    try Self.expectOneLine(arguments)
  }

  @Test(arguments: [
    ["generate", "--prompt", "@/nowhere"], ["generate", "--prompt", "@/"], ["generate", "--prompt", "", "--raw"],
    ["generate", "--prompt", "x", "--max-tokens", "1", "--system", "@/nowhere"],
    ["tokenize", "@/nowhere"], ["tokenize", "--decode", "1,x"], ["tokenize", "--decode", "1,x\ny\u{1b}"],
    ["tokenize", "--decode", "9999999"],
    ["tokenize", "--decode", "@/nowhere"], ["logits", "--ids", "1,-1", "-o", "/dev/null/x"],
    ["logits", "--ids", "", "-o", "/dev/null/x"], ["logits", "--ids", "1,512", "-o", "/dev/null/x"],
    ["logits", "--ids", "99999999999999999999", "-o", "/dev/null/x"], ["logits", "--ids", "1", "-o", "/dev/null"],
  ])
  func whatCannotBeDoneIsOneLine(_ arguments: [String]) throws {
    try withTinyModel { folder in
      try Self.expectOneLine([arguments[0], "--model", folder.path] + arguments.dropFirst())
    }
  }

  /// Each file of a model replaced by things that it should not be.
  @Test(arguments: [
    "config.json", "generation_config.json", "tokenizer.json", "tokenizer_config.json", "model.safetensors",
  ])
  func damagedModelsAreOneLine(_ name: String) throws {
    let contents: [[UInt8]] = [
      [], Array("{".utf8), Array("[]".utf8), Array("null".utf8), Array(repeating: 0xFF, count: 300),
      [255, 255, 255, 255, 255, 255, 255, 127] + Array("{}".utf8), [2, 0, 0, 0, 0, 0, 0, 0] + Array("{}".utf8),
      Array(#"{"architectures": ["LlamaForCausalLM"], "chat_template": 3, "model": {}, "temperature": "x"}"#.utf8),
    ]
    for (number, bytes) in contents.enumerated() {
      try withTinyModel { folder in
        try Data(bytes).write(to: folder.appending(path: name))
        let arguments = ["generate", "--model", folder.path, "--prompt", "x", "--max-tokens", "1", "--json"]
        let message = try Self.expectOneLine(arguments, "\(name), \(number)")
        #expect(message.contains(folder.path), "\(number): \(message)")
      }
    }
  }

  @Test func aMissingShardIsNamed() throws {
    try withTinyModel { folder in
      let file = folder.appending(path: "model.safetensors")
      try FileManager.default.removeItem(at: file)
      try Data(#"{"weight_map": {"model.norm.weight": "model-00001-of-00002.safetensors"}}"#.utf8)
        .write(to: folder.appending(path: "model.safetensors.index.json"))
      let message = try Self.expectOneLine(["bench", "--model", folder.path])
      #expect(message.contains("model-00001-of-00002.safetensors"))
    }
  }

  @discardableResult
  static func expectOneLine(
    _ arguments: [String], _ comment: Comment? = nil, sourceLocation: SourceLocation = #_sourceLocation
  ) throws -> String {
    let error = try #require(Self.failure(arguments), comment, sourceLocation: sourceLocation)
    let message = MILICommand.message(for: error)
    #expect(MILICommand.exitCode(for: error).rawValue == 1, "\(arguments): \(message)", sourceLocation: sourceLocation)
    #expect(message.split(separator: "\n").count == 1, "\(arguments): \(message)", sourceLocation: sourceLocation)
    return message
  }

  /// What a command line ends in; nil when it succeeds.
  static func failure(_ arguments: [String]) -> (any Error)? {
    do {
      try onOwnThreads {
        var command = try MILICommand.parseAsRoot(arguments)
        if var asynchronous = command as? any AsyncParsableCommand {
          try await asynchronous.run()
        } else {
          try command.run()
        }
      }
      return nil
    } catch {
      return error
    }
  }
}
