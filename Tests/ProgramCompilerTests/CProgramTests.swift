import Foundation
import InstructionSet
import ProgramCompiler
import Testing

/// C programs print what their native builds print.
@Suite(.enabled("needs cc, and a clang for WebAssembly") { NativeBuild.compiler != nil && WebAssemblyBuild.isPossible })
struct CProgramTests {
  /// Where this repository has its sources.
  private static let sources = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../../Sources").standardized
  private static let header = sources.appending(path: "ProgramCompiler/Resources/runtime.h")
  private static let examples = sources.appending(path: "TransformerVM/Resources/Examples")

  private func output(of module: [UInt8], _ input: String) throws -> [UInt8] {
    let program = try ProgramCompiler().compile(wasm: module, input: Array(input.utf8))
    var machine = FastMachine(memoryBytes: 1 << 24)
    #expect(machine.run(program, fuel: 100_000_000) == .halted)
    return machine.output
  }

  private func compare(_ module: [UInt8], with source: String, _ inputs: [String]) throws {
    let native = try NativeBuild(source: source, header: Self.header)
    defer { native.remove() }
    for input in inputs {
      let expected = String(decoding: try native.output(input: input), as: UTF8.self)
      let found = String(decoding: try output(of: module, input), as: UTF8.self)
      #expect(found == expected, "input '\(input)'")
    }
  }

  @Test(arguments: CProgram.all)
  func programPrintsWhatItsNativeBuildPrints(program: CProgram) throws {
    try compare(try WebAssemblyBuild.compile(program.source), with: program.source, program.inputs)
  }

  private static let exampleInputs: [(name: String, inputs: [String])] = [
    ("hello", ["", "world", "日本"]),
    ("addition", ["", "1", "9 + 1", "0+0", "999999999999999999999999 + 1", "5 + 123456789012345678901234567890"]),
    ("collatz", ["", "0", "1", "7", "27", "x"]),
    ("fibonacci", ["", "0", "1", "47", "48", "-1"]),
    (
      "min_cost_matching",
      [
        "", "1 5", "2 1 2 3 1", "3 4 1 3 2 0 5 3 2 2", "2 -1 -2 -3 -4", "2 1 2 3", "99",
        "4 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5 5",
      ]
    ),
    (
      "sudoku",
      [
        "11", "", "..3.2.6..9..3.5..1..18.64....81.29..7.......8..67.82....26.95..8..2.3..9..5.1.3..",
        "003020600900305001001806400008102900700000008006708200002609500800203009005010300",
        "55...............................................................................",
      ]
    ),
  ]

  /// The modules that ship, and modules just compiled, of the examples.
  ///
  /// `TVM_BLESS=1 swift test -c release --filter CProgramTests` puts the modules just compiled in the place of those that ship.
  @Test(arguments: exampleInputs)
  func examplePrintsWhatItsNativeBuildPrints(name: String, inputs: [String]) throws {
    let source = try String(contentsOf: Self.examples.appending(path: "\(name).c"), encoding: .utf8)
    let file = Self.examples.appending(path: "\(name).wasm")
    let compiled = try WebAssemblyBuild.compile(source)
    if ProcessInfo.processInfo.environment["TVM_BLESS"] != nil { try Data(compiled).write(to: file) }
    let shipped = [UInt8](try Data(contentsOf: file))
    try compare(shipped, with: source, inputs)
    if compiled != shipped { try compare(compiled, with: source, inputs) }
  }
}
