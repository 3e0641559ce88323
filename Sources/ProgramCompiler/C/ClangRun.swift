import Foundation
import Subprocesses

/// Runs of clang.
enum ClangRun {
  /// Seconds after which a clang is ended that compiles.
  private static let compilationLimit = 120.0
  /// Seconds after which one is ended that is asked about itself.
  private static let questionLimit = 30.0

  /// Compiles.
  ///
  /// - Parameter folder: where clang keeps temporary files, some of which it leaves there when it is ended.
  /// - Throws: ``ProgramCompilerError`` when clang cannot be started or does not end.
  static func compile(
    _ clang: URL, _ arguments: [String], in folder: URL
  ) throws(ProgramCompilerError) -> Subprocess.Result {
    let command = Command(clang, arguments, output: .everything, temporaryFolder: folder)
    let result: Subprocess.Result
    do throws(SubprocessError) {
      result = try Subprocess().run(command, within: compilationLimit)
    } catch {
      throw ProgramCompilerError(.compilation(diagnostics: error.description))
    }
    if case .timeLimit = result.ending {
      throw ProgramCompilerError(.compilation(diagnostics: "\(clang.path) \(result.ending)"))
    }
    return result
  }

  /// What a clang says about itself; nil when it fails.
  static func answer(of clang: URL, _ question: String...) -> String? {
    let command = Command(clang, question, output: .everything)
    guard let result = try? Subprocess().run(command, within: questionLimit), result.isSuccess else { return nil }
    return result.output
  }
}
