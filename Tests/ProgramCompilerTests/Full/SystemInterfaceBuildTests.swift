import ProgramCompiler
import Testing

/// The system interface, compiled again from its sources.
@Suite(.enabled("no clang on the path that compiles for wasm32") { LibraryBuild.isPossible })
struct SystemInterfaceBuildTests {
  /// The same compiler gives the module that ships, byte for byte; another one, a library.
  @Test func shippedModuleIsThatOfTheSources() throws {
    let bytes = try LibraryBuild.run("build-system-interface")
    let rebuilt = try FullLibrary(name: "system_interface", decoding: bytes)
    if rebuilt.producers == (try FullLibrary.systemInterface.get().producers) {
      #expect(bytes == FullLibrary.systemInterfaceBytes, "run Scripts/build-system-interface")
    }
  }
}
