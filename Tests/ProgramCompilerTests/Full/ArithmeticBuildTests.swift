import FloatOracle
import ProgramCompiler
import Testing
import WebAssembly

/// The arithmetic library, compiled again from its sources.
@Suite(.enabled("no clang on the path that compiles for wasm32") { LibraryBuild.isPossible })
struct ArithmeticBuildTests {
  /// The same compiler gives the module that ships, byte for byte; another one, a module that computes the same.
  @Test func shippedModuleIsThatOfTheSources() throws {
    let bytes = try LibraryBuild.run("build-arithmetic")
    let rebuilt = try FullLibrary(name: "arithmetic", decoding: bytes)
    if rebuilt.producers == (try FullLibrary.arithmetic.get().producers) {
      #expect(bytes == FullLibrary.arithmeticBytes, "run Scripts/build-arithmetic")
    }
    for operation in FloatOperator.all {
      let calculate = try FullCalculator(operation, arithmetic: rebuilt)
      let edges = OperandSamples.edges(operation.operands[0])
      for (first, second) in zip(edges, edges.reversed()) {
        let found = try calculate(first, second)
        #expect(found.matches(operation.outcome(first, second)), "\(operation) of \(first), \(second): \(found)")
      }
    }
  }
}
