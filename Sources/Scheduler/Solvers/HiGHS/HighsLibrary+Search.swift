import Foundation
import Subprocesses

extension HighsLibrary {
  /// Finds and loads the library: by the variable TVM_HIGHS (a file, or a folder that has it) and nowhere else when that is
  /// set; otherwise where the system looks, in the usual folders of libraries, and in the PyPI package highsbox.
  ///
  /// - Throws: ``ScheduleError`` of kind `solverNotFound` with what was tried.
  static func load(environment: [String: String]) throws(ScheduleError) -> HighsLibrary {
    var tried: [String] = []
    func attempt(_ path: String) -> HighsLibrary? {
      do throws(LoadError) {
        return try HighsLibrary(path: path)
      } catch {
        tried.append("\(path) (\(error.message))")
        return nil
      }
    }
    if let named = ProgramSearch(environment).value(of: "TVM_HIGHS") {
      let files = existing(HighsPaths.inside(named))
      for file in files {
        if let library = attempt(file) { return library }
      }
      if files.isEmpty { tried.append("TVM_HIGHS=\(named) (no library there)") }
      throw ScheduleError(.solverNotFound(solver: "highs", tried: tried))
    }
    let paths = HighsPaths(environment: environment)
    for name in HighsPaths.names {
      if let library = attempt(name) { return library }
    }
    for file in existing(paths.systemFiles + paths.packageFiles) {
      if let library = attempt(file) { return library }
    }
    for file in existing(paths.filesFromPython()) {
      if let library = attempt(file) { return library }
    }
    tried += HighsPaths.systemFolders + ["the package highsbox of python3"]
    throw ScheduleError(.solverNotFound(solver: "highs", tried: tried))
  }

  private static func existing(_ files: [String]) -> [String] {
    files.filter { file in
      var isFolder: ObjCBool = false
      return FileManager.default.fileExists(atPath: file, isDirectory: &isFolder) && !isFolder.boolValue
    }
  }
}
