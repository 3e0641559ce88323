import Foundation
import InstructionSet
import ModuleExecution
import ProgramCompiler
import Reference
import Testing
import TransformerVM
import WebAssembly

/// The examples of the full profile, executed by its interpreter.
@Suite struct FullExampleTests {
  /// How many tokens each may take, the host's included: some percent more than it took when it was written.
  static let budgets = [
    "sha256": 40_000, "crc32": 75_000, "quicksort": 800_000, "brainfuck": 60_000, "json": 30_000, "lists": 110_000,
    "ackermann": 8_000, "state_machine": 35_000, "dispatch": 25_000, "modular_power": 220_000, "life": 120_000,
    "mandelbrot": 4_600_000,
  ]
  static let names = budgets.keys.sorted()
  private static let shortNames = names.filter { isLong || $0 != "mandelbrot" }
  /// The names whose sources are compiled: clang takes most of a second for each.
  private static let compiledNames = isLong ? names : ["dispatch", "sha256"]
  private static let isLong =
    !Set(ProcessInfo.processInfo.environment.keys).isDisjoint(with: ["TVM_LONG_TESTS", "TVM_BLESS"])

  /// Where this repository has the examples' files.
  private static let folder = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../../Sources/TransformerVM/Resources/Examples").standardized
  private static let hasCompiler =
    (try? ProgramCompiler().compile(c: "int main(void) { return 0; }", named: "a.c", for: .full)) != nil

  private func example(_ name: String) throws -> Example {
    try #require(try Example.all().first { $0.name == name })
  }

  /// What a module prints; nothing less than an end by itself will do.
  private func output(of bytes: [UInt8], input: String, tokens: Int) throws -> String {
    let module = try Module(decoding: bytes)
    let compiled = try FullProgramCompiler().compile(module, exporting: [], running: FullEntry(of: module).call())
    var instance = ModuleInstance(
      compiled, on: FullReferenceInterpreter(compiled.program), host: HostEnvironment(input: .bytes(Array(input.utf8))))
    var output: [UInt8] = []
    let outcome = try instance.run(limit: tokens) { event in
      if case .output(let bytes) = event { output += bytes }
    }
    #expect(outcome == .returned([]), "after \(instance.tokenCount) tokens")
    return String(decoding: output, as: UTF8.self)
  }

  @Test func theManifestListsThem() throws {
    #expect(try Example.all(for: .full).filter { !$0.profiles.contains(.base) }.map(\.name).sorted() == Self.names)
    #expect(try Example.all(for: .base).map(\.name) == ExampleTests.names)
  }

  @Test(arguments: shortNames)
  func shippedModulePrintsWhatIsExpected(_ name: String) throws {
    let example = try example(name)
    let budget = try #require(Self.budgets[name])
    #expect(try output(of: example.module, input: example.input, tokens: budget) == example.expectedOutput)
  }

  /// What ships must be what the source says, wherever there is a clang to compare with.
  ///
  /// With TVM_BLESS set, the modules just compiled take the place of those that ship; `Scripts/build-examples` does so.
  @Test(.enabled("needs a clang for WebAssembly") { Self.hasCompiler }, arguments: compiledNames)
  func sourcePrintsWhatIsExpected(_ name: String) throws {
    let example = try example(name)
    guard example.sourceName.hasSuffix(".c") else { return }
    let module = try ProgramCompiler().compile(c: example.source, named: example.sourceName, for: .full)
    if ProcessInfo.processInfo.environment["TVM_BLESS"] != nil {
      try Data(module).write(to: Self.folder.appending(path: "\(name).wasm"))
    }
    if module == example.module { return }
    let budget = try #require(Self.budgets[name])
    #expect(try output(of: module, input: example.input, tokens: budget) == example.expectedOutput)
  }

  /// The examples of the base profile are ordinary C as well: their input is the standard input.
  @Test(
    .enabled("needs a clang for WebAssembly") { Self.hasCompiler },
    arguments: isLong ? ExampleTests.shortNames : ["fibonacci"])
  func baseExampleRunsOnBothMachines(_ name: String) throws {
    let example = try example(name)
    let module = try ProgramCompiler().compile(c: example.source, named: example.sourceName, for: .full)
    #expect(try output(of: module, input: example.input, tokens: 1_000_000) == example.expectedOutput)
  }

  /// SHA-256 of the messages in FIPS 180-2 and the NIST examples, and of the longest that fits one block.
  @Test(arguments: [
    ("", "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
    ("abc", "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
    (
      "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq",
      "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"
    ),
    (
      "The quick brown fox jumps over the lazy dog: 55 bytes..",
      "915312afc7e1adec47b30e6cc599e5b392e1faa3119e3bcd7e4da155256f102e"
    ),
  ])
  func secureHash(message: String, digest: String) throws {
    let tokens = message.utf8.count == 55 ? 150_000 : 100_000
    #expect(try output(of: example("sha256").module, input: message, tokens: tokens) == digest + "\n")
  }
}
