import Foundation
import Synchronization

/// One run of a compiler, which may be stopped from another thread.
final class CompilerRun: Sendable {
  private enum State {
    case notStarted
    case running(Process)
    case stopped
  }

  private let state = Mutex(State.notStarted)

  /// Compiles a C source to a library.
  ///
  /// - Throws: `CompilationError` of kind `compilerFailed`.
  func compile(_ source: String, to library: String, by compiler: URL) throws(CompilationError) {
    let process = Process()
    let said = Pipe()
    process.executableURL = compiler
    process.arguments = NativeCompiler.flags + ["-o", library, "-x", "c", "-"]
    // Of a file it would put the name into the library, which has another name in each process.
    process.standardInput = FileHandle(forReadingAtPath: source)
    process.standardOutput = FileHandle.nullDevice
    process.standardError = said
    try start(process, compiler)
    let diagnostics = (try? said.fileHandleForReading.readToEnd()) ?? nil
    process.waitUntilExit()
    guard process.terminationReason == .exit, process.terminationStatus == 0 else {
      throw CompilationError(.compilerFailed, Self.failure(of: compiler, diagnostics.map { Array($0) } ?? []))
    }
  }

  private func start(_ process: Process, _ compiler: URL) throws(CompilationError) {
    let isStarted = state.withLock { state in
      guard case .notStarted = state, Self.run(process) else { return false }
      state = .running(process)
      return true
    }
    if !isStarted { throw CompilationError(.compilerFailed, "\(compiler.path) could not be started") }
  }

  /// Runs a process that can be asked to end: it inherits what the thread blocks, which may be every signal.
  private static func run(_ process: Process) -> Bool {
    var (none, blocked) = (sigset_t(), sigset_t())
    sigemptyset(&none)
    pthread_sigmask(SIG_SETMASK, &none, &blocked)
    defer { pthread_sigmask(SIG_SETMASK, &blocked, nil) }
    return (try? process.run()) != nil
  }

  private static func failure(of compiler: URL, _ diagnostics: [UInt8]) -> String {
    let first = String(decoding: diagnostics, as: UTF8.self).split(whereSeparator: \.isNewline).first
    return "\(compiler.path) failed" + (first.map { ": \($0)" } ?? "")
  }

  /// Ends a process and, where it leads a group, those that it has started: a compiler's driver starts the compiler proper.
  private static func end(_ process: Process) {
    let id = process.processIdentifier
    if getpgid(id) == id { _ = kill(-id, SIGTERM) } else { process.terminate() }
  }

  /// Ends the compiler, or keeps it from starting.
  func stop() {
    state.withLock { state in
      if case .running(let process) = state, process.isRunning { Self.end(process) }
      state = .stopped
    }
  }
}
