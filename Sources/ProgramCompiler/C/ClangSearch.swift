import Foundation
import Subprocesses

/// Looks for a clang that compiles and links for WebAssembly.
struct ClangSearch {
  /// The target that programs are compiled for.
  static let target = "wasm32-unknown-unknown"

  /// A clang that serves, and the linker to use with it where that is not its own choice.
  struct Found: Hashable {
    let clang: URL
    let linker: URL?
  }

  private let search: ProgramSearch

  init(environment: [String: String]) {
    search = ProgramSearch(environment)
  }

  /// The first clang that serves of those that ``ProgramSearch`` knows of.
  ///
  /// - Throws: ``ProgramCompilerError`` with every place that was looked at and what was wrong there.
  func find() throws(ProgramCompilerError) -> Found {
    var tried: [String] = []
    let known = search.clangs
    // Why the named one is none is said as of the others.
    let candidates = known.isEmpty ? search.namedClang.map { [URL(filePath: $0)] } ?? [] : known
    for candidate in candidates {
      switch examine(candidate) {
      case .success(let found): return found
      case .failure(let reason): tried.append("\(candidate.path) (\(reason.text))")
      }
    }
    if search.namedClang == nil {
      if tried.isEmpty { tried.append("PATH (it has no clang)") }
      tried.append("TVM_CLANG is not set")
    }
    throw ProgramCompilerError(.noCompiler(tried: tried))
  }

  private struct Reason: Error {
    let text: String
  }

  /// Asks a clang for its targets and its linker.
  private func examine(_ clang: URL) -> Result<Found, Reason> {
    guard ProgramSearch.isProgram(clang) else { return .failure(Reason(text: "no executable file")) }
    guard let targets = ClangRun.answer(of: clang, "--print-targets") else {
      return .failure(Reason(text: "it does not run"))
    }
    guard targets.contains("wasm32") else { return .failure(Reason(text: "it has no target wasm32")) }
    let answer = ClangRun.answer(of: clang, "--target=\(Self.target)", "--print-prog-name=wasm-ld")
    let own = (answer ?? "").trimmingCharacters(in: .whitespacesAndNewlines)
    if own.hasPrefix("/") { return .success(Found(clang: clang, linker: nil)) }
    let others = ["lld", "llvm"].flatMap(ProgramSearch.homebrewFolders)
    guard let linker = search.find("wasm-ld", besides: others) else {
      return .failure(Reason(text: "it finds no linker wasm-ld"))
    }
    return .success(Found(clang: clang, linker: linker))
  }
}
