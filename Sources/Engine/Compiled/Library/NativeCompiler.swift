import Foundation

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

  /// The clang to use: the one that `TVM_CLANG` names, and no other; without that variable, or when it is empty, one on the path, beside
  /// the Swift toolchain or in Homebrew's llvm.
  ///
  /// - Throws: `CompilationError` of kind `noCompiler`.
  func find() throws(CompilationError) -> Found {
    let named = environment["TVM_CLANG"].flatMap { $0.isEmpty ? nil : $0 }
    let folders = pathFolders + toolchainFolders
    let candidates: [URL] =
      if let named, named.contains("/") { [URL(filePath: named)] } else {
        folders.map { $0.appending(path: named ?? "clang") }
      }
    guard let found = candidates.first(where: Self.isExecutable) else {
      throw CompilationError(.noCompiler, "no compiler: \(named ?? "clang") is not an executable file on the path")
    }
    return Found(url: found)
  }

  private var pathFolders: [URL] {
    (environment["PATH"] ?? "").split(separator: ":").map { URL(filePath: String($0), directoryHint: .isDirectory) }
  }

  /// Where the `swift` on the path really is, and where toolchains are installed.
  private var toolchainFolders: [URL] {
    let swift = pathFolders.map { $0.appending(path: "swift") }.filter(Self.isExecutable)
    let home = environment["HOME"] ?? ""
    let installed = [
      "/Library/Developer/Toolchains/swift-latest.xctoolchain/usr/bin",
      home + "/Library/Developer/Toolchains/swift-latest.xctoolchain/usr/bin",
      "/opt/homebrew/opt/llvm/bin", "/usr/local/opt/llvm/bin", "/home/linuxbrew/.linuxbrew/opt/llvm/bin",
    ]
    return swift.map { $0.resolvingSymlinksInPath().deletingLastPathComponent() }
      + installed.map { URL(filePath: $0, directoryHint: .isDirectory) }
  }

  private static func isExecutable(_ file: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) && !isFolder.boolValue
      && FileManager.default.isExecutableFile(atPath: file.path)
  }
}
