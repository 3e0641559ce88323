import Foundation
import ProgramCompiler
import RandomNumbers
import Testing
import WebAssembly

/// Any bytes at all end in a program or in an error.
struct MalformedModuleTests {
  private static let seed: UInt64 = 7

  @Test func bytesThatAreNoModule() {
    for bytes in [[], [0], Array("\u{0}asm".utf8), Array("int main() {}".utf8)] as [[UInt8]] {
      #expect(throws: ProgramCompilerError.self) { try ProgramCompiler().compile(wasm: bytes) }
    }
  }

  /// The modules that ship, with random bytes changed, cut out and doubled.
  @Test func damagedModules() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent()
      .appending(path: "../../Sources/TransformerVM/Resources/Examples").standardized
    var generator = SplitMix64(seed: Self.seed)
    var errors: Set<String> = []
    var successes = 0
    for name in ["hello", "addition", "collatz", "fibonacci", "min_cost_matching", "sudoku"] {
      let module = [UInt8](try Data(contentsOf: folder.appending(path: "\(name).wasm")))
      for _ in 0..<600 {
        do {
          _ = try ProgramCompiler().compile(wasm: damaged(module, &generator), input: [65])
          successes += 1
        } catch {
          errors.insert(error.description)
        }
      }
    }
    #expect(successes > 100)
    #expect(errors.count > 300)
    #expect(errors.allSatisfy { !$0.contains("\n") })
  }

  private func damaged(_ module: [UInt8], _ generator: inout SplitMix64) -> [UInt8] {
    var bytes = module
    for _ in 0..<Int.random(in: 1...3, using: &generator) {
      let place = Int.random(in: 8..<bytes.count, using: &generator)
      switch Int.random(in: 0..<8, using: &generator) {
      case 0: bytes.remove(at: place)
      case 1: bytes.insert(bytes[place], at: place)
      case 2: bytes.removeLast(Int.random(in: 0..<bytes.count - 8, using: &generator))
      default: bytes[place] = UInt8.random(in: 0...255, using: &generator)
      }
    }
    return bytes
  }
}
