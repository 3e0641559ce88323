import Foundation
import Subprocesses

/// The places where a HiGHS library may lie.
struct HighsPaths {
  /// What the library's file is called.
  #if canImport(Darwin)
    static let names = ["libhighs.dylib", "libhighs.1.dylib"]
  #else
    static let names = ["libhighs.so", "libhighs.so.1"]
  #endif

  let environment: [String: String]

  /// Seconds after which a python3 is ended that does not answer.
  private static let questionLimit = 10.0

  /// Folders of libraries, of the system and of package managers.
  static let systemFolders = [
    "/usr/local/lib", "/usr/lib", "/usr/lib64", "/usr/lib/x86_64-linux-gnu", "/usr/lib/aarch64-linux-gnu",
    "/opt/homebrew/lib", "/opt/homebrew/opt/highs/lib", "/usr/local/opt/highs/lib", "/opt/local/lib",
    "/home/linuxbrew/.linuxbrew/lib",
  ]

  /// The library in each of the system's folders.
  var systemFiles: [String] { Self.files(in: Self.systemFolders) }

  /// The library in the package highsbox, wherever Python packages are usually installed.
  var packageFiles: [String] { Self.files(in: sitePackages.map { "\($0)/highsbox/highs_dist/lib" }) }

  private static func files(in folders: [String]) -> [String] {
    folders.flatMap { folder in names.map { "\(folder)/\($0)" } }
  }

  /// The library as the given path may mean it: the file itself, or a folder that has it.
  static func inside(_ path: String) -> [String] {
    let folders = ["", "/lib", "/highs_dist/lib", "/highsbox/highs_dist/lib"].map { path + $0 }
    return [path] + folders.flatMap { folder in names.map { "\(folder)/\($0)" } }
  }

  /// The library inside the package highsbox of the python3 on the path.
  func filesFromPython() -> [String] {
    let command = "import importlib.util as u; print(u.find_spec('highsbox').submodule_search_locations[0])"
    guard
      let python = ProgramSearch(environment).find("python3"),
      let result = try? Subprocess().run(
        Command(python, ["-c", command], output: .results), within: Self.questionLimit), result.isSuccess
    else { return [] }
    let package = result.output.trimmingCharacters(in: .whitespacesAndNewlines)
    return package.isEmpty ? [] : Self.names.map { "\(package)/highs_dist/lib/\($0)" }
  }

  /// The folders that Python packages are usually installed in.
  private var sitePackages: [String] {
    let home = environment["HOME"] ?? ""
    let environments = [environment["VIRTUAL_ENV"], environment["CONDA_PREFIX"]].compactMap { $0 }
    let roots =
      environments + ["\(home)/.local", "/usr/local", "/usr", "/opt/homebrew", "/home/linuxbrew/.linuxbrew"]
      + subfolders(of: "\(home)/.pyenv/versions") + subfolders(of: "\(home)/Library/Python")
    return roots.flatMap { root in
      subfolders(of: "\(root)/lib").filter { $0.contains("/lib/python3") }
        .flatMap { ["\($0)/site-packages", "\($0)/dist-packages"] }
    }
  }

  private func subfolders(of folder: String) -> [String] {
    let names = (try? FileManager.default.contentsOfDirectory(atPath: folder)) ?? []
    return names.sorted().map { "\(folder)/\($0)" }
  }
}
