import InstructionSet
import ProgramCompiler
import Testing
import WebAssembly

/// Modules that are linked into programs.
@Suite struct FullLibraryTests {
  /// A magic number and a version, then sections, each an identifier and its contents.
  private static func module(_ sections: [(UInt8, [UInt8])]) -> [UInt8] {
    [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0] + sections.flatMap { [$0.0, UInt8($0.1.count)] + $0.1 }
  }

  /// An import of kind 0 (function of type 0), 1 (table of 0 elements), 2 (memory of 0 pages) or 3 (global i32).
  private static func importSection(_ module: String, _ name: String, kind: UInt8) -> (UInt8, [UInt8]) {
    let type: [UInt8] = [[0], [0x70, 0, 0], [0, 0], [0x7f, 0]][Int(kind)]
    return (2, [1, UInt8(module.utf8.count)] + module.utf8 + [UInt8(name.utf8.count)] + name.utf8 + [kind] + type)
  }

  private static let noType: (UInt8, [UInt8]) = (1, [1, 0x60, 0, 0])

  @Test(
    arguments: [
      ("a library without a memory of its own", [(5, [1, 0, 1])]),
      ("a library without a table", [(4, [1, 0x70, 0, 1])]),
      ("a library without a start function", [noType, (3, [1, 0]), (8, [0]), (10, [1, 2, 0, 0x0b])]),
      ("a library without a data segment", [(11, [1, 0, 0x41, 0, 0x0b, 0])]),
      ("a library without an element segment", [(9, [1, 0, 0x41, 0, 0x0b, 0])]),
      ("a library without global.get", [noType, (3, [1, 0]), (10, [1, 5, 0, 0x23, 0, 0x1a, 0x0b])]),
      ("a library without call_indirect", [noType, (3, [1, 0]), (10, [1, 7, 0, 0x41, 0, 0x11, 0, 0, 0x0b])]),
      (
        "a library that imports traps, the host and a memory, not 'env.f'",
        [noType, importSection("env", "f", kind: 0)]
      ),
      (
        "a library that imports traps, the host and a memory, not 'trap.tiredness'",
        [noType, importSection("trap", "tiredness", kind: 0)]
      ),
      (
        "a library that imports traps, the host and a memory, not 'env.table'", [importSection("env", "table", kind: 1)]
      ),
      (
        "a library that imports traps, the host and a memory, not 'env.global'",
        [importSection("env", "global", kind: 3)]
      ),
    ] as [(String, [(UInt8, [UInt8])])])
  func refusal(_ expected: String, _ sections: [(UInt8, [UInt8])]) throws {
    let error = #expect(throws: ProgramCompilerError.self) {
      try FullLibrary(name: "test", decoding: Self.module(sections))
    }
    #expect(error?.kind == .invalid(expected: expected))
    #expect(error?.offset != nil)
  }

  @Test func refusalOfBytes() {
    #expect(throws: ProgramCompilerError.self) { try FullLibrary(name: "test", decoding: [1, 2, 3]) }
  }

  @Test func importedMemoryIsTheProgramsOwn() throws {
    _ = try FullLibrary(name: "test", decoding: Self.module([Self.importSection("env", "memory", kind: 2)]))
  }

  @Test func unusedGlobalIsNothing() throws {
    _ = try FullLibrary(name: "test", decoding: Self.module([(6, [1, 0x7f, 0, 0x41, 0, 0x0b])]))
  }

  @Test func missingFunction() throws {
    let empty = try FullLibrary(name: "test", decoding: Self.module([]))
    let error = #expect(throws: ProgramCompilerError.self) {
      try FullCalculator(.i64DivU, [.i64, .i64], .i64, arithmetic: empty)
    }
    #expect(error?.kind == .invalid(expected: "a function 'carithmetic_i64_div_u' in the library 'test'"))
  }

  /// What no program divides by is not part of it.
  @Test func onlyWhatIsReachableIsLinked() throws {
    let addition = try FullCalculator(.i64Add, [.i64, .i64], .i64).instructionCount
    let division = try FullCalculator(.i64DivU, [.i64, .i64], .i64).instructionCount
    let signed = try FullCalculator(.i64DivS, [.i64, .i64], .i64).instructionCount
    #expect(addition < 20)
    #expect(addition + 50 < division)
    #expect(division + 20 < signed)
  }

  /// A routine in terms of itself would never end.
  @Test func arithmeticIsInTermsOfWhatTheMachineHas() throws {
    #expect(try FullLibrary.arithmetic.get().operators.filter(\.isRoutine).isEmpty)
  }
}
