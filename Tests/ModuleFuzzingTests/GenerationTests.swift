import ModuleFuzzing
import Testing
import WebAssembly
import WebAssemblyValidation

/// What the generator makes, without anything being executed.
struct GenerationTests {
  private static let seeds: ClosedRange<UInt64> = 1...400

  @Test func modulesAreValidAndSurviveTheirFiles() throws {
    for seed in Self.seeds {
      let subject = ModuleCase(seed: seed)
      let decoded = try Module(decoding: subject.module.encoded())
      #expect(throws: Never.self, "seed \(seed)") { try decoded.validate() }
      #expect(
        decoded.functions.map { $0.body.map(\.operation) } == subject.module.functions.map { $0.body.map(\.operation) })
      #expect(!subject.calls.isEmpty, "seed \(seed)")
    }
  }

  @Test func theSameSeedGivesTheSameModule() {
    #expect(ModuleCase(seed: 7) == ModuleCase(seed: 7))
    #expect(ModuleCase(seed: 7) != ModuleCase(seed: 8))
  }

  /// Every instruction of version 1.0 with sign extension, saturating conversions and what plain clang emits.
  @Test func everyInstructionAppears() {
    var found: Set<String> = []
    var wideBlocks = 0
    for seed in Self.seeds {
      for instruction in ModuleCase(seed: seed).module.functions.flatMap(\.body) {
        found.insert(instruction.name)
        switch instruction.operation {
        case .block(.type), .loop(.type), .if(.type): wideBlocks += 1
        default: break
        }
      }
    }
    let refused: Set = ["memory.init", "data.drop", "table.init", "elem.drop", "table.copy"]
    let all = Set((OpcodeTable.plain.rows + OpcodeTable.prefixed.rows).map(\.immediates.name))
    #expect(all.subtracting(refused).subtracting(found) == [])
    #expect(found.isDisjoint(with: refused))
    #expect(wideBlocks > 20)
  }
}
