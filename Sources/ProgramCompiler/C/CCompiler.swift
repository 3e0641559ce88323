import Foundation
import Subprocesses
import InstructionSet

/// Compiles C sources to WebAssembly modules for a profile of the machine.
struct CCompiler {
  let environment: [String: String]
  let profile: MachineProfile

  /// A file that is compiled, among files of the compiler's own.
  struct Job {
    let source: URL
    let found: ClangSearch.Found
    /// Where the headers and the module go.
    let folder: URL

    var module: URL { folder.appending(path: "program.wasm") }
  }

  /// How the linker says that a program has no beginning.
  private static let entryComplaints = ["undefined symbol: compute", "not found: compute"]

  /// Bytes for C's stack of addressable local variables.
  static let stackSize = 262_144

  /// - Parameter report: takes what clang says about a source that it compiles.
  func compile(_ source: URL, report: (String) -> Void) throws(ProgramCompilerError) -> [UInt8] {
    var isFolder: ObjCBool = false
    guard FileManager.default.fileExists(atPath: source.path, isDirectory: &isFolder) else {
      throw ProgramCompilerError(.file(source.path, reason: "no such file"))
    }
    if isFolder.boolValue { throw ProgramCompilerError(.file(source.path, reason: "expected a file, not a folder")) }
    let found = try ClangSearch(environment: environment).find()
    do {
      return try compile(source, with: found, report: report)
    } catch let error as ProgramCompilerError {
      throw error
    } catch {
      throw ProgramCompilerError(.file(source.path, reason: error.localizedDescription))
    }
  }

  private func compile(_ source: URL, with found: ClangSearch.Found, report: (String) -> Void) throws -> [UInt8] {
    let folder = try TemporaryFolder("tvm-")
    defer { folder.remove() }
    let job = Job(source: source, found: found, folder: folder.url)
    var arguments =
      switch profile {
      case .base: try baseArguments(for: job)
      case .full: try fullArguments(for: job)
      }
    if let linker = found.linker { arguments.append("-fuse-ld=\(linker.path)") }
    let result = try ClangRun.compile(found.clang, arguments + ["-o", job.module.path], in: folder.url)
    let diagnostics = result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    guard result.isSuccess else {
      try checkEncoding(of: source)
      if Self.entryComplaints.contains(where: diagnostics.contains) {
        let entries = profile == .full ? "main, or compute," : "compute"
        throw ProgramCompilerError(.compilation(diagnostics: "expected a function \(entries) to begin with"))
      }
      let said = diagnostics.isEmpty ? "\(found.clang.path) \(result.ending)" : diagnostics
      throw ProgramCompilerError(.compilation(diagnostics: said))
    }
    if !diagnostics.isEmpty { report(diagnostics) }
    return [UInt8](try Data(contentsOf: job.module))
  }

  /// Writes files of the compiler's own to a new folder; returns it.
  func write(_ files: [String: [UInt8]], to folder: URL) throws -> URL {
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    for (name, bytes) in files { try Data(bytes).write(to: folder.appending(path: name)) }
    return folder
  }

  /// What clang says of a file that is no text fills screens.
  private func checkEncoding(of source: URL) throws {
    guard String(validating: try Data(contentsOf: source), as: UTF8.self) == nil else { return }
    throw ProgramCompilerError(.compilation(diagnostics: "expected C source in UTF-8"))
  }
}
