import Foundation
import MILI
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The program as it is run, from making a model to talking with it.
@Suite(.enabled(if: Mili.executable != nil, "the program mili is not built"))
struct EndToEndTests {
  private func json(_ arguments: [String], input: String = "") throws -> [[String: Any]] {
    let result = try Mili.run(arguments + ["--json"], input: input)
    #expect(result.status == 0, "\(arguments): \(result.errors)")
    return try result.output.split(separator: "\n").map { line in
      try #require(try JSONSerialization.jsonObject(with: Data(line.utf8)) as? [String: Any])
    }
  }

  /// The one object that a command prints.
  private func one(_ arguments: [String]) throws -> [String: Any] {
    let objects = try json(arguments)
    #expect(objects.count == 1)
    return try #require(objects.first)
  }

  @Test func aModelIsMadeAndSpeaks() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mili-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    for shape in ["tiny", "tiny-moe"] {
      let model = "\(folder)/\(shape)"
      #expect(try one(["make-random", "--shape", shape, "-o", model])["shape"] as? String == shape)
      let arguments = ["generate", "--model", model, "--prompt", "hello", "--max-tokens", "9", "--seed", "1"]
      let made = try one(arguments)
      let report = try #require(made["report"] as? [String: Any])
      #expect(report["generatedTokens"] as? Int ?? 0 <= 9)
      #expect(try #require(report["tokensPerSecond"] as? Double) > 0)
      let plain = try Mili.run(arguments)
      #expect(plain.output == (made["text"] as? String ?? "") + "\n")
      #expect(plain.errors.contains("tokens/s"))
      #expect(try one(arguments + ["--draft", "4"])["text"] as? String == made["text"] as? String)
    }
  }

  @Test func quantizedModelsSpeakToo() throws {
    try withTinyModel { folder in
      let quantized = folder.appending(path: "int8").path
      #expect(try one(["quantize", folder.path, "-o", quantized])["folder"] as? String == quantized)
      #expect(try Mili.run(["generate", "--model", quantized, "--prompt", "x", "--max-tokens", "3"]).status == 0)
      let bench = try one(["bench", "--model", quantized, "--threads", "1", "--passes", "1", "--prefill", "16"])
      #expect(bench["threads"] as? Int == 1)
      #expect(try #require(bench["shareOfReadBandwidth"] as? Double) > 0)
      #expect(try #require(bench["prefillTokensPerSecond"] as? Double) > 0)
    }
  }

  @Test func requestsAtOnceShareTheirPrompts() throws {
    try withTinyModel { folder in
      let load = ["bench-serving", "--model", folder.path, "--requests", "8", "--prompt", "100", "--generate", "5"]
      for (shared, computed) in [("0", 8 * 104), ("80", 80 + 8 * 24)] {
        let result = try one(load + ["--shared", shared, "--kv-bytes", "67108864", "--kv-precision", "int8"])
        #expect(result["generatedTokens"] as? Int == 40)
        #expect(result["computedTokens"] as? Int == computed)
        #expect(try #require(result["decodeTokensPerSecond"] as? Double) > 0)
      }
      let beside = try one(load + ["--flood", "80", "--max-running", "4"])
      #expect(beside["requests"] as? Int == 88)
      #expect((0.4...0.6).contains(try #require(beside["share"] as? Double)))
      let unfair = try one(load + ["--flood", "80", "--max-running", "4", "--policy", "fcfs"])
      #expect(try #require(unfair["share"] as? Double) < 0.2)
      let refused = try Mili.run(load + ["--prompt", "100000"])
      #expect(refused.status == 1 && refused.errors.contains("expected at most 4096"))
    }
  }

  @Test func textBecomesTokensAndBack() throws {
    try withTinyModel { folder in
      let model = folder.path
      let marked = try Mili.run(["tokenize", "--model", model, "hi<think>"])
      #expect(marked.output == "104,105,259\n")
      #expect(try Mili.run(["tokenize", "--model", model, "-"], input: "hi").output == "104,105\n")
      #expect(
        try Mili.run(["tokenize", "--model", model, "--plain", "<think>"]).output.split(separator: ",").count == 7)
      #expect(try Mili.run(["tokenize", "--model", model, "--decode", "104, 105"]).output == "hi\n")
      #expect(try Mili.run(["tokenize", "--model", model, "--pieces", "h\n"]).output == "104\t\"h\"\n10\t\"\\n\"\n")
      #expect(try one(["tokenize", "--model", model, "hi"])["ids"] as? [Int] == [104, 105])
    }
  }

  @Test func theTokenizerIsMeasured() throws {
    try withTinyModel { folder in
      let model = folder.path
      let result = try one(["bench", "--tokenizer", model, "--text", "\(model)/config.json", "--passes", "2"])
      #expect(result["bytes"] as? Int == result["tokens"] as? Int)
      #expect(try #require(result["coldMegabytesPerSecond"] as? Double) > 0)
    }
  }

  @Test func logitsAreWritten() throws {
    try withTinyModel { folder in
      let model = folder.path
      let file = "\(model)/logits.safetensors"
      #expect(
        try one(["logits", "--model", model, "--ids", "1,2,3", "--hidden", "-o", file])["positions"] as? Int == 3)
      let bytes = try Data(contentsOf: URL(filePath: file))
      #expect(String(decoding: bytes.prefix(400), as: UTF8.self).contains(#""logits":{"dtype":"F32","shape":[3,512]"#))
    }
  }

  @Test func talkInAPipe() throws {
    try withTinyModel { folder in
      let model = folder.path
      let lines = "hello\n\n/no_think\nagain\n/clear\nagain\n/exit\nnever\n"
      let answers = try json(["chat", "--model", model, "--max-tokens", "4", "--temperature", "0"], input: lines)
      try #require(answers.count == 3)
      let counts = answers.map { ($0["report"] as? [String: Any])?["promptTokens"] as? Int ?? 0 }
      // The second turn computes its own marks and words, not those of the first.
      #expect(counts[0] == 24 && counts[1] < 50 && counts[2] < 50)
      let plain = try Mili.run(["chat", "--model", model, "--max-tokens", "4", "--temperature", "0"], input: "hello\n")
      #expect(plain.output == (answers[0]["text"] as? String ?? "") + "\n")
      #expect(plain.errors.contains("tokens/s"))
    }
  }

  @Test func errorsAreOneLineAndTheirCodes() throws {
    let missing = try Mili.run(["chat", "--model", "/nowhere"])
    #expect(missing.status == 1)
    #expect(missing.output.isEmpty)
    #expect(missing.errors == "Error: /nowhere/tokenizer.json: expected a file here, found none\n")
    #expect(try Mili.run(["chat"]).status == 64)
    #expect(try Mili.run(["--help"]).output.contains("make-random"))
  }

  @Test func whatIsNoTextIsRefused() throws {
    try withTinyModel { folder in
      let file = folder.appending(path: "bytes.txt").path
      try Data([0x61, 0xff, 0x62]).write(to: URL(filePath: file))
      let refused = try Mili.run(["tokenize", "@\(file)", "--model", folder.path])
      #expect(refused.status == 1)
      #expect(refused.output.isEmpty)
      #expect(refused.errors == "Error: \(file): expected UTF-8 text\n")
    }
  }

  /// A standard input that is closed, or a folder.
  @Test(arguments: ["<&-", "</tmp"])
  func aStandardInputThatCannotBeReadIsAnError(_ redirection: String) throws {
    try withTinyModel { folder in
      for arguments in [
        "generate --raw --prompt -", "generate --prompt x --system -", "tokenize -", "tokenize --decode -",
        "logits -o '\(folder.path)/logits' --ids -",
      ] {
        let executable = try #require(Mili.executable)
        let shell = Process()
        shell.executableURL = URL(filePath: "/bin/sh")
        shell.arguments = ["-c", "exec '\(executable.path)' \(arguments) --model '\(folder.path)' \(redirection)"]
        let errors = Pipe()
        shell.standardError = errors
        try shell.run()
        let report = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        shell.waitUntilExit()
        #expect(shell.terminationReason == .exit && shell.terminationStatus == 1, "\(arguments) \(redirection)")
        #expect(report == "Error: standard input: the file cannot be read\n", "\(arguments) \(redirection)")
      }
    }
  }

  @Test func aSignalLeavesNoHalfOfAModel() throws {
    let folder = FileManager.default.temporaryDirectory.appending(path: "mili-\(UUID().uuidString)").path
    defer { try? FileManager.default.removeItem(atPath: folder) }
    func partialFiles() -> [String] {
      let names = try? FileManager.default.contentsOfDirectory(atPath: folder)
      return names?.filter { $0.hasSuffix(".partial") } ?? []
    }
    let process = Process()
    process.executableURL = Mili.executable
    process.arguments = ["make-random", "--shape", "0.6b", "-o", folder]
    process.standardOutput = FileHandle.nullDevice
    try process.run()
    while process.isRunning, partialFiles().isEmpty { usleep(1000) }
    kill(process.processIdentifier, SIGTERM)
    process.waitUntilExit()
    #expect(process.terminationReason == .uncaughtSignal && process.terminationStatus == SIGTERM)
    #expect(partialFiles().isEmpty)
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == [])
  }

  @Test func aModelThatWasNotReplacedIsWhole() throws {
    try withTinyModel { model in
      func contents() throws -> [String: Data] {
        let names = try FileManager.default.contentsOfDirectory(atPath: model.path)
        let files = names.map { ($0, FileManager.default.contents(atPath: "\(model.path)/\($0)") ?? Data()) }
        return Dictionary(uniqueKeysWithValues: files)
      }
      let before = try contents()
      let process = Process()
      process.executableURL = Mili.executable
      process.arguments = ["make-random", "--shape", "0.6b", "--force", "-o", model.path]
      process.standardOutput = FileHandle.nullDevice
      try process.run()
      let partial = "\(model.path)/model.safetensors.\(process.processIdentifier).partial"
      while process.isRunning, !FileManager.default.fileExists(atPath: partial) { usleep(1000) }
      kill(process.processIdentifier, SIGTERM)
      process.waitUntilExit()
      #expect(process.terminationReason == .uncaughtSignal)
      #expect(try contents() == before)
    }
  }

  /// The shell closes the stream; a process that writes to it must neither trap nor write into another file.
  @Test func aClosedStandardOutputIsAnError() throws {
    try withTinyModel { folder in
      let executable = try #require(Mili.executable)
      let shell = Process()
      shell.executableURL = URL(filePath: "/bin/sh")
      shell.arguments = ["-c", "exec '\(executable.path)' tokenize hello --model '\(folder.path)' >&-"]
      let errors = Pipe()
      shell.standardError = errors
      try shell.run()
      let report = String(decoding: errors.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
      shell.waitUntilExit()
      #expect(shell.terminationStatus == 1)
      #expect(report == "Error: standard output: the file cannot be written\n")
    }
  }
}
