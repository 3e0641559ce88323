import Foundation
import ProgramCompiler
import TVMCommands
import TestSupport
import Testing

/// Commands as a shell runs them: bytes, exit codes, files.
@Suite final class WholeCommandTests {
  let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tvm-commands-\(UUID().uuidString)").path

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  func run(_ line: String) throws -> CommandRun {
    try CommandRun(line, in: folder)
  }

  @Test func outputIsTheProgramsBytesAndNothingElse() throws {
    let run = try run("tvm run addition --machine base --input '12 + 30'")
    #expect(run.text == "12 + 30 = 42\n")
    #expect(run.report.contains("PASS"))
    #expect(run.status == 0)
  }

  @Test func jsonHasTheDocumentedMembers() throws {
    let run = try run("tvm run hello fibonacci --machine base --json --engine sparse")
    #expect(run.status == 0)
    #expect(run.report == "")
    #expect(run.objects.count == 2)
    for object in run.objects {
      let names: Set = [
        "program", "output", "status", "tokens", "prompt_tokens", "instructions", "seconds", "tokens_per_second",
        "engine",
      ]
      #expect(Set(object.keys) == names)
      #expect(object["status"] as? String == "pass")
      #expect(object["engine"] as? String == "plan")
    }
  }

  @Test func outputThatIsNoTextIsGivenInBase64() throws {
    try Data("{ i32.const ff 00 00 00 output 00 00 00 00 halt 00 00 00 00 }".utf8)
      .write(to: URL(fileURLWithPath: folder + "/byte.txt"))
    let run = try run("tvm run byte.txt --json")
    #expect(run.objects.first?["output_base64"] as? String == "/w==")
  }

  @Test func aTrapEndsTheOutputWhereTheBehaviourEnds() throws {
    try Data("{ i32.const 41 00 00 00 output 00 00 00 00 output 00 00 00 00 br fe ff ff ff }".utf8)
      .write(to: URL(fileURLWithPath: folder + "/underflow.txt"))
    let run = try run("tvm run underflow.txt")
    #expect(run.text == "A")
    #expect(run.status == 1)
    #expect(run.report.contains("TRAP"))
    let reference = try self.run("tvm reference underflow.txt --json --trace trace.txt")
    #expect(reference.objects.first?["status"] as? String == "trap")
    #expect(reference.status == 1)
    #expect(FileManager.default.fileExists(atPath: folder + "/trace.txt"))
  }

  @Test func aLimitIsAFailure() throws {
    let run = try run("tvm run sudoku --machine base --max-tokens 100 --json")
    #expect(run.objects.first?["status"] as? String == "limit")
    #expect(run.objects.first?["tokens"] as? Int == 100)
    #expect(run.status == 1)
  }

  /// Prints its input back; compiled once, since clang takes half a second.
  private static let echo = Result {
    try ProgramCompiler().compile(c: "void compute(const char *s) { while (*s) putchar(*s++); }", named: "echo.c")
  }

  @Test(arguments: [
    ("-12", "2d3132"), ("--json", "2d2d6a736f6e"), ("'  a  '", "2020612020"), ("ä", "c3a4"), ("$'a\\xff'", "61ff"),
    ("$'x\\ny'", "780a79"), ("@@file", "4066696c65"), ("''", ""), ("@input", "6669"),
  ])
  func inputIsGivenByteForByte(_ argument: String, _ expected: String) throws {
    try Data(Self.echo.get()).write(to: URL(fileURLWithPath: folder + "/echo.wasm"))
    try Data("fi".utf8).write(to: URL(fileURLWithPath: folder + "/input"))
    for command in ["run echo.wasm --input \(argument)", "reference echo.wasm --input=\(argument)"] {
      let run = try run("tvm \(command) --machine base")
      #expect(run.output.map { String(format: "%02x", $0) }.joined() == expected)
    }
  }

  @Test func theGraphIsEvaluatedSpecializedToo() throws {
    let run = try run("tvm eval fibonacci --machine base --input 5 --specialized")
    #expect(run.status == 0, "\(run.report)")
    #expect(run.text == (try self.run("tvm reference fibonacci --machine base --input 5").text))
  }

  @Test(arguments: [
    "tvm run hello --machine base >&-",
    "(trap '' PIPE; tvm run sudoku --machine base | head -c 1; exit ${PIPESTATUS[0]})",
  ])
  func outputThatNobodyTakesIsAnError(_ line: String) throws {
    let run = try run(line)
    #expect(run.status == 1)
    #expect(run.report.split(separator: "\n").last == "Error: standard output: the file cannot be written")
  }

  @Test func whatNobodyReadsAboutARunDoesNotMatter() throws {
    let run = try run("tvm run hello --machine base 2>&-")
    #expect(run.status == 0)
    #expect(run.text == "Hello, transformer!\n")
  }

  @Test func aClosedStreamIsNoPlaceForAFile() throws {
    #expect(try run("tvm compile hello -o hello.txt --json >&-").status == 1)
    #expect(try run("tvm run hello.txt").text == "Hello, transformer!\n")
  }

  @Test func aSpecializedModelBringsItsProgram() throws {
    #expect(try run("tvm specialize fibonacci --time-limit 2 -o model.safetensors").status == 0)
    let run = try run("tvm run --model model.safetensors --input 7")
    #expect(run.text == (try self.run("tvm reference fibonacci --machine base --input 7").text))
    #expect(run.report.contains("PASS"))
    #expect(try self.run("tvm run hello --model model.safetensors").status == 64)
  }

  @Test func aTraceIsVerifiedToItsFirstDifference() throws {
    #expect(try run("tvm verify hello --machine base").text.hasPrefix("hello: PASS"))
    #expect(try run("tvm run hello --machine base --trace hello.trace").status == 0)
    #expect(try run("tvm verify hello --machine base --trace hello.trace").status == 0)
    #expect(try run("sed -i.bak 's/out(H)/out(J)/' hello.trace").status == 0)
    let run = try run("tvm verify hello --machine base --trace hello.trace --json")
    #expect(run.status == 1)
    let object = try #require(run.objects.first)
    #expect(object["status"] as? String == "mismatch")
    #expect(object["expected"] as? String == "out(J)")
    #expect(object["predicted"] as? String == "out(H)")
    #expect(try #require(object["position"] as? Int) > 1000)
    #expect(try self.run("tvm verify collatz --machine base --trace hello.trace").status == 1)
  }

  @Test func manyInputsShareTheProgram() throws {
    try Data("7\n\n12\n".utf8).write(to: URL(fileURLWithPath: folder + "/numbers"))
    let run = try run("tvm run fibonacci --machine base --inputs numbers --json")
    #expect(run.status == 0, "\(run.report)")
    #expect(run.objects.map { $0["input"] as? String } == ["7", "", "12"])
    for (object, input) in zip(run.objects, ["7", "", "12"]) {
      #expect(
        object["output"] as? String == (try self.run("tvm reference fibonacci --machine base --input '\(input)'").text))
    }
    #expect(try self.run("tvm run fibonacci collatz --inputs numbers").status == 64)
    #expect(try self.run("tvm run fibonacci --machine base --inputs nowhere").status == 1)
  }

  @Test func aRunGoesOnWhereItsCheckpointEnds() throws {
    #expect(try run("tvm run collatz --machine base --checkpoint c --max-tokens 20000").status == 1)
    let rest = try run("tvm run collatz --machine base --checkpoint c")
    #expect(rest.status == 0, "\(rest.report)")
    #expect(rest.text == (try run("tvm reference collatz --machine base").text))
    #expect(try run("tvm run fibonacci --machine base --checkpoint c").status == 1)
    #expect(try run("tvm run collatz --checkpoint c --draft").status == 64)
  }

  @Test func benchesShowEveryEngine() throws {
    let rows = try run("tvm bench hello --machine base --rounds 1 --json").objects
    #expect(rows.map { $0["engine"] as? String } == ["compiled", "plan", "dense", "draft", "verify"])
    #expect(rows.allSatisfy { $0["ratio_to_dense"] is Double })
    let shares = try run("tvm bench collatz --machine base --profile --json").objects.compactMap {
      $0["share"] as? Double
    }
    #expect(shares.count == 7)
    #expect(abs(shares.reduce(0, +) - 1) < 1e-9)
    let start = try #require(try run("tvm bench hello --machine base --start --rounds 2 --json").objects.first)
    #expect(start["engine"] as? String == "compiled")
    #expect(start["prompt_tokens"] as? Int == 1870)
    #expect(start["first_token_seconds"] as? Double ?? 0 > 0)
    #expect(try run("tvm bench hello --start --profile").status == 64)
    let growth = try run("tvm bench --growth 30000 -o growth.svg --json").objects
    #expect(growth.map { $0["tokens"] as? Int } == [10_000, 20_000, 30_000, 10_000, 20_000, 30_000])
    #expect(FileManager.default.fileExists(atPath: folder + "/growth.svg"))
  }

  /// A module of two functions: `add` or as it is to be called, and `divide`, which traps.
  private static func calculator(adding add: String = "add") -> [UInt8] {
    let length = UInt8(add.utf8.count)
    let exports = [2, length] + Array(add.utf8) + [0, 0, 6] + Array("divide".utf8) + [0, 1]
    return [0x00, 0x61, 0x73, 0x6d, 1, 0, 0, 0, 1, 7, 1, 0x60, 2, 0x7f, 0x7f, 1, 0x7f, 3, 3, 2, 0, 0]
      + [7, 13 + length] + exports
      + [10, 17, 2, 7, 0, 0x20, 0, 0x20, 1, 0x6a, 0x0b, 7, 0, 0x20, 0, 0x20, 1, 0x6d, 0x0b]
  }

  @Test func functionsAreCalledOneAfterAnother() throws {
    try Data(Self.calculator()).write(to: URL(fileURLWithPath: folder + "/calculator.wasm"))
    let run = try run("tvm invoke calculator.wasm add i32:40 i32:2 divide i32:-7 i32:2 --engine plan")
    #expect(run.text == "i32:42\ni32:-3\n")
    #expect(run.status == 0)
    let trap = try self.run("tvm invoke calculator.wasm divide i32:1 i32:0 add i32:1 i32:1 --json --engine reference")
    #expect(trap.status == 134)
    #expect(trap.objects.map { $0["status"] as? String } == ["returned", "trap"])
    #expect(trap.objects.last?["detail"] as? String == "integer divide by zero")
    #expect(try self.run("tvm invoke calculator.wasm add f32:1 i32:2").status == 1)
    #expect(try self.run("tvm invoke calculator.wasm i32:1").status == 64)
    #expect(try self.run("tvm invoke calculator.wasm none").report.contains("'none'"))
    let words = try self.run("tvm invoke calculator.wasm add i32:1 i32:2 add 1 2 --engine reference")
    #expect(words.text == "" && words.status == 1)
    let expected = "expected the name of an exported function or a value such as i32:1, found '1'"
    #expect(words.report == "Error: calculator.wasm: \(expected)\n")
  }

  /// What is told is the limit that was given, though what the host appends to begin with counts, too.
  @Test func aCallThatMeetsItsLimitIsToldSo() throws {
    try Data(Self.calculator()).write(to: URL(fileURLWithPath: folder + "/calculator.wasm"))
    let run = try run("tvm invoke calculator.wasm divide i32:-7 i32:2 --max-tokens 20 --engine reference")
    #expect(run.report == "divide: the limit of 20 tokens was reached\n" && run.text == "" && run.status == 1)
  }

  /// A name may be anything, so that there is a way to say what is one.
  @Test func functionsAreCalledThatAreNamedLikeValues() throws {
    for name in ["i32:7", "call:", "call:i32:7", "f64:x"] {
      try Data(Self.calculator(adding: name)).write(to: URL(fileURLWithPath: folder + "/named.wasm"))
      let run = try run("tvm invoke named.wasm call:\(name) i32:40 i32:2 call:divide i32:9 i32:3 --engine reference")
      #expect(run.text == "i32:42\ni32:3\n", "\(name): \(run.report)")
    }
  }

  @Test func aProgramOfTheFullProfileReadsWritesAndExits() throws {
    let source = """
      #include <stdio.h>
      int main(int count, char **arguments) {
        int c, n = 0;
        while ((c = getchar()) != EOF) { putchar(c - 32); n++; }
        fprintf(stderr, "%d bytes", n);
        return n;
      }
      """
    try Data(source.utf8).write(to: URL(fileURLWithPath: folder + "/upper.c"))
    for options in ["", " --draft", " --checkpoint kept"] {
      let run = try run("printf 'abc' | tvm run upper.c" + options)
      #expect(run.text == "ABC", "\(options)")
      #expect(run.status == 3, "\(options)")
      #expect(run.report.contains("3 bytes"), "\(options)")
      #expect(run.report.contains("PASS"), "\(options)")
    }
    let again = try run("tvm run upper.c --input abc --checkpoint kept --json")
    #expect(again.objects.first?["exit_code"] as? Int == 3)
    #expect(again.objects.first?["output"] as? String == "ABC")
    _ = try run("tvm run upper.c --input abc --trace trace")
    #expect(try run("tvm verify upper.c --machine full --input abc --trace trace").status == 0)
  }

  /// The program prints its arguments, each in brackets.
  @Test func argumentsAreGivenByteForByte() throws {
    let source = """
      #include <stdio.h>
      int main(int count, char **arguments) {
        for (int i = 1; i < count; i++) printf("<%s>", arguments[i]);
        return 0;
      }
      """
    try Data(source.utf8).write(to: URL(fileURLWithPath: folder + "/arguments.c"))
    let options = "--argument $'\\xff' --argument=$'a\\xfe' --argument -5 --argument ä --argument --argument"
    let run = try run("tvm reference arguments.c \(options)")
    #expect(run.output == Data([0x3c, 0xff, 0x3e, 0x3c, 0x61, 0xfe, 0x3e] + Array("<-5><ä><--argument>".utf8)))
  }

  /// A folder can be opened but not read, and so can a file that is open for writing alone.
  @Test(arguments: ["< .", "0> written"])
  func inputThatCannotBeReadIsOneLine(_ redirection: String) throws {
    let source = "#include <stdio.h>\nint main(void) { return getchar() == EOF; }\n"
    try Data(source.utf8).write(to: URL(fileURLWithPath: folder + "/reads.c"))
    for command in ["reference", "run"] {
      let run = try run("tvm \(command) reads.c \(redirection)")
      #expect(run.status == 1, "\(run.report)")
      let last = run.report.split(separator: "\n").last ?? ""
      #expect(last.hasPrefix("Error: ") && last.contains("standard input cannot be read: "), "\(run.report)")
    }
  }

  @Test func aFileBeyondTheUsersLimitIsAnError() throws {
    #expect(try run("tvm compile hello --machine base -o hello.txt").status == 0)
    let run = try run("ulimit -f 1; tvm reference hello.txt --trace hello.trace >/dev/null")
    #expect(run.status == 1)
    #expect(run.report == "Error: hello.trace: the file cannot be written\n")
  }

  @Test func aTracesWordsDoNotReachTheTerminal() throws {
    try Data("\u{1b}[2J\u{7}".utf8).write(to: URL(fileURLWithPath: folder + "/escape.trace"))
    let run = try run("tvm verify hello --machine base --trace escape.trace")
    #expect(run.status == 1)
    #expect(run.report.contains("found '\\u{1B}[2J\\u{07}'"))
  }

  @Test func whatIsNoTextIsRefusedInOneLine() throws {
    try Data([0x69, 0x6e, 0x74, 0xff, 0xfe]).write(to: URL(fileURLWithPath: folder + "/bytes.c"))
    let source = try run("tvm run bytes.c")
    #expect(source.report == "Error: bytes.c: expected C source in UTF-8\n")
    #expect(source.status == 1)
    try Data("27\n9\07\n".utf8).write(to: URL(fileURLWithPath: folder + "/inputs"))
    let plan = try run("head -c 20000000 /dev/zero > plan.yaml; tvm build --plan plan.yaml -o model.bin")
    #expect(plan.report == "Error: plan.yaml: cannot be read: expected at most 16777216 bytes, found more\n")
    let inputs = try run("tvm run collatz --machine base --inputs inputs --json")
    #expect(inputs.report == "Error: inputs: line 2: the input has a zero byte at offset 1; zero ends the input\n")
    #expect(inputs.status == 1)
  }

  /// What the help shows is there to be typed, in the order in which a reader meets it; but for `invoke` and `spectest`, whose
  /// modules and scripts other tools make.
  @Test(.enabled(if: LongTests.areWanted)) func examplesOfTheHelpWork() throws {
    #expect(try run("tvm schedule --solver list --time-limit 5 -o plan.yaml").status == 0)
    #expect(try run("tvm build -o universal.safetensors").status == 0)
    let commands = [
      "specialize", "run", "eval", "compile", "reference", "build", "inspect", "verify", "bench", "schedule",
    ]
    for command in commands {
      let examples = try Self.examples(inHelp: run("tvm \(command) --help").text)
      #expect(!examples.isEmpty, "\(command)")
      for example in examples {
        let run = try run(example.replacing("-o collatz.safetensors", with: "--time-limit 5 -o collatz.safetensors"))
        #expect(run.status == 0, "\(example): \(run.report)")
      }
    }
    #expect(try String(contentsOfFile: folder + "/numbers", encoding: .utf8) == "27\n97\n")
  }

  /// The command lines behind "Example: ", each up to the end of its paragraph.
  private static func examples(inHelp help: String) -> [String] {
    help.components(separatedBy: "Example: ").dropFirst().map { part in
      let end = part.range(of: "\n\n")?.lowerBound ?? part.endIndex
      return part[..<end].split(whereSeparator: \.isWhitespace).joined(separator: " ")
    }
  }
}
