import Foundation
import Subprocesses

/// One run of a compiler, which may be stopped from another thread.
final class CompilerRun: Sendable {
  private let process = Subprocess()

  /// Compiles a C source to a library.
  ///
  /// - Parameter limit: seconds after which the compiler is ended.
  /// - Throws: `CompilationError` of kind `compilerFailed`.
  func compile(_ source: String, to library: String, by compiler: URL, within limit: Double) throws(CompilationError) {
    // The name of a file would come into the library, which would be another one in each process.
    let command = Command(
      compiler, NativeCompiler.flags + ["-o", library, "-x", "c", "-"], input: source,
      temporaryFolder: URL(filePath: library).deletingLastPathComponent())
    let result: Subprocess.Result
    do throws(SubprocessError) {
      result = try process.run(command, within: limit)
    } catch {
      throw CompilationError(.compilerFailed, error.description)
    }
    guard !result.isSuccess else { return }
    let complaint = result.output.split(whereSeparator: \.isNewline).first
    throw CompilationError(
      .compilerFailed, "\(compiler.path) \(result.ending)" + (complaint.map { ": \($0)" } ?? ""))
  }

  /// Ends the compiler, or keeps it from starting.
  func stop() {
    process.stop()
  }
}
