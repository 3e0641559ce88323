import Foundation

/// Looks for a clang that compiles and links for WebAssembly.
struct ClangSearch {
  /// The target that programs are compiled for.
  static let target = "wasm32-unknown-unknown"

  /// A clang that serves, and the linker to use with it where that is not its own choice.
  struct Found: Hashable {
    let clang: URL
    let linker: URL?
  }

  let environment: [String: String]

  /// The first clang that serves: the one that `TVM_CLANG` names, and no other; without that variable, one on the path, beside
  /// the Swift toolchain or in Homebrew's llvm.
  ///
  /// - Throws: ``ProgramCompilerError`` with every place that was looked at and what was wrong there.
  func find() throws(ProgramCompilerError) -> Found {
    var tried: [String] = []
    for candidate in candidates {
      switch examine(candidate) {
      case .success(let found): return found
      case .failure(let reason): tried.append("\(candidate.path) (\(reason.text))")
      }
    }
    if named == nil {
      if tried.isEmpty { tried.append("PATH (it has no clang)") }
      tried.append("TVM_CLANG is not set")
    }
    throw ProgramCompilerError(.noCompiler(tried: tried))
  }

  // MARK: Where to look

  /// The files to try, in order, each once; all but one that `TVM_CLANG` names exist.
  private var candidates: [URL] {
    if let named {
      let onPath =
        named.contains("/") ? nil : pathFolders.map { $0.appending(path: named) }.first(where: Self.isExecutable)
      return [onPath ?? URL(filePath: named)]
    }
    var seen: Set<String> = []
    return (pathFolders + toolchainFolders + homebrewFolders("llvm"))
      .map { $0.appending(path: "clang") }
      .filter { Self.isExecutable($0) && seen.insert($0.path).inserted }
  }

  /// What `TVM_CLANG` says; set to nothing it is as good as not set.
  private var named: String? {
    environment["TVM_CLANG"].flatMap { $0.isEmpty ? nil : $0 }
  }

  private var pathFolders: [URL] {
    (environment["PATH"] ?? "").split(separator: ":").map { URL(filePath: String($0), directoryHint: .isDirectory) }
  }

  /// Where the `swift` on the path really is, and where macOS installs toolchains.
  private var toolchainFolders: [URL] {
    let swift = pathFolders.map { $0.appending(path: "swift") }.filter(Self.isExecutable)
    let installed = ["/Library/Developer/Toolchains", (environment["HOME"] ?? "") + "/Library/Developer/Toolchains"]
    return swift.map { $0.resolvingSymlinksInPath().deletingLastPathComponent() }
      + installed.map { URL(filePath: $0 + "/swift-latest.xctoolchain/usr/bin", directoryHint: .isDirectory) }
  }

  private func homebrewFolders(_ formula: String) -> [URL] {
    ["/opt/homebrew", "/usr/local", "/home/linuxbrew/.linuxbrew"].map {
      URL(filePath: "\($0)/opt/\(formula)/bin", directoryHint: .isDirectory)
    }
  }

  private static func isExecutable(_ file: URL) -> Bool {
    FileManager.default.isExecutableFile(atPath: file.path)
  }

  // MARK: What to ask of it

  private struct Reason: Error {
    let text: String
  }

  /// Asks a clang for its targets and its linker.
  private func examine(_ clang: URL) -> Result<Found, Reason> {
    guard Self.isExecutable(clang) else { return .failure(Reason(text: "no executable file")) }
    guard let targets = ClangRun.answer(of: clang, "--print-targets") else {
      return .failure(Reason(text: "it does not run"))
    }
    guard targets.contains("wasm32") else { return .failure(Reason(text: "it has no target wasm32")) }
    let answer = ClangRun.answer(of: clang, "--target=\(Self.target)", "--print-prog-name=wasm-ld")
    let own = (answer ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    if own.hasPrefix("/") { return .success(Found(clang: clang, linker: nil)) }
    let linkers = (pathFolders + homebrewFolders("lld") + homebrewFolders("llvm")).map { $0.appending(path: "wasm-ld") }
    guard let linker = linkers.first(where: Self.isExecutable) else {
      return .failure(Reason(text: "it finds no linker wasm-ld"))
    }
    return .success(Found(clang: clang, linker: linker))
  }
}
