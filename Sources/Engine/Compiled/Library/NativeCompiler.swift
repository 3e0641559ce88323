import Foundation
import Subprocesses

/// Compiles C for the processor that it runs on, by clang.
struct NativeCompiler {
  /// A compiler that was found.
  struct Found {
    let url: URL

    /// What changes when another compiler takes its place: the file that it really is, its size and when it was changed.
    var identity: String {
      let file = url.resolvingSymlinksInPath().path
      let attributes = try? FileManager.default.attributesOfItem(atPath: file)
      let size = (attributes?[.size] as? NSNumber)?.stringValue ?? ""
      let date = (attributes?[.modificationDate] as? Date)?.timeIntervalSinceReferenceDate
      return "\(file) \(size) \(date.map { "\($0)" } ?? "")"
    }
  }

  let environment: [String: String]

  /// What clang is told, apart from files. Products and sums must not be fused: they would be rounded less often than elsewhere.
  static let flags: [String] = {
    #if arch(x86_64)
      let native = "-march=native"
    #else
      let native = "-mcpu=native"
    #endif
    return ["-O3", native, "-ffp-contract=off", "-fno-math-errno", "-fPIC", "-shared", "-w"] + linkerFlags
  }()

  #if canImport(Darwin)
    // A library's name is that of the file it is first written to, unless it is told.
    private static let linkerFlags = ["-install_name", "tvm"]
  #else
    // Nothing of a C library is needed, so that it works where clang is alone.
    private static let linkerFlags = ["-ffreestanding", "-nostdlib"]
  #endif

  /// The clang to use: the first that ``ProgramSearch`` knows of.
  ///
  /// - Throws: `CompilationError` of kind `noCompiler`.
  func find() throws(CompilationError) -> Found {
    let search = ProgramSearch(environment)
    guard let found = search.clangs.first else {
      throw CompilationError(
        .noCompiler, "no compiler: \(search.namedClang ?? "clang") is not an executable file on the path")
    }
    return Found(url: found)
  }
}
