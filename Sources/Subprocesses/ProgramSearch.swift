package import Foundation

/// Where the programs are that an environment's variables mean.
package struct ProgramSearch: Sendable {
  private let environment: [String: String]

  package init(_ environment: [String: String]) {
    self.environment = environment
  }

  /// The value of a variable; nil when it is empty, which is how shells take a variable back.
  package func value(of variable: String) -> String? {
    environment[variable].flatMap { $0.isEmpty ? nil : $0 }
  }

  /// The folders of `PATH`.
  package var pathFolders: [URL] {
    (environment["PATH"] ?? "").split(separator: ":").map { URL(filePath: String($0), directoryHint: .isDirectory) }
  }

  /// The file that a command means: itself when it has a slash, else the first of that name on the path and in other folders.
  package func find(_ command: String, besides others: [URL] = []) -> URL? {
    let files =
      command.contains("/") ? [URL(filePath: command)] : (pathFolders + others).map { $0.appending(path: command) }
    return files.first(where: Self.isProgram)
  }

  /// Whether there is a file that may be executed; folders have the permission, too, and are none.
  package static func isProgram(_ file: URL) -> Bool {
    var isFolder: ObjCBool = false
    return FileManager.default.fileExists(atPath: file.path, isDirectory: &isFolder) && !isFolder.boolValue
      && FileManager.default.isExecutableFile(atPath: file.path)
  }
}

// Clang, which compiles programs for WebAssembly and models for the processor.
extension ProgramSearch {
  /// The command that `TVM_CLANG` names.
  package var namedClang: String? { value(of: "TVM_CLANG") }

  /// The clangs to try, in order, each once: the one that `TVM_CLANG` names, and no other; without that variable those on the path, beside
  /// the Swift toolchain and in Homebrew's llvm.
  package var clangs: [URL] {
    let others = toolchainFolders + Self.homebrewFolders(of: "llvm")
    if let namedClang { return find(namedClang, besides: others).map { [$0] } ?? [] }
    var seen: Set<String> = []
    return (pathFolders + others).map { $0.appending(path: "clang") }
      .filter { Self.isProgram($0) && seen.insert($0.path).inserted }
  }

  /// Where the `swift` on the path really is, and where macOS installs toolchains.
  private var toolchainFolders: [URL] {
    let swift = pathFolders.map { $0.appending(path: "swift") }.filter(Self.isProgram)
    let installed = ["/Library/Developer/Toolchains", (environment["HOME"] ?? "") + "/Library/Developer/Toolchains"]
    return swift.map { $0.resolvingSymlinksInPath().deletingLastPathComponent() }
      + installed.map { URL(filePath: $0 + "/swift-latest.xctoolchain/usr/bin", directoryHint: .isDirectory) }
  }

  /// Where Homebrew has a formula's programs, on whatever system.
  package static func homebrewFolders(of formula: String) -> [URL] {
    ["/opt/homebrew", "/usr/local", "/home/linuxbrew/.linuxbrew"].map {
      URL(filePath: "\($0)/opt/\(formula)/bin", directoryHint: .isDirectory)
    }
  }
}
