import Foundation

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// The system's calls for a process that leads a group of its own.
enum ProcessGroup {
  /// Starts a program.
  ///
  /// - Parameter output: The descriptor of the file for what it prints.
  /// - Throws: `SubprocessError`.
  static func start(_ command: Command, output: Int32) throws(SubprocessError) -> pid_t {
    #if canImport(Darwin)
      var files: posix_spawn_file_actions_t?
      var attributes: posix_spawnattr_t?
      let inheritance = Int32(POSIX_SPAWN_CLOEXEC_DEFAULT)
    #else
      var files = posix_spawn_file_actions_t()
      var attributes = posix_spawnattr_t()
      let inheritance: Int32 = 0
    #endif
    posix_spawn_file_actions_init(&files)
    defer { posix_spawn_file_actions_destroy(&files) }
    posix_spawn_file_actions_addopen(&files, STDIN_FILENO, command.input, O_RDONLY, 0)
    switch command.output {
    case .errors: posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, "/dev/null", O_WRONLY, 0)
    case .results, .everything: posix_spawn_file_actions_adddup2(&files, output, STDOUT_FILENO)
    }
    switch command.output {
    case .results: posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0)
    case .errors, .everything: posix_spawn_file_actions_adddup2(&files, output, STDERR_FILENO)
    }

    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // It would inherit what the thread blocks, which may be every signal: then it could not be told to end.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes, Int16(Int32(POSIX_SPAWN_SETPGROUP) | Int32(POSIX_SPAWN_SETSIGMASK) | inheritance))

    let path = command.executable.path
    var variables = ProcessInfo.processInfo.environment
    if let folder = command.temporaryFolder { variables["TMPDIR"] = folder.path }
    let environment = variables.map { "\($0)=\($1)" }
    var process: pid_t = 0
    let failure = withTexts([path] + command.arguments) { arguments in
      withTexts(environment) { environment in
        posix_spawn(&process, path, &files, &attributes, arguments, environment)
      }
    }
    guard failure == 0 else { throw SubprocessError(path, "could not be started", number: failure) }
    return process
  }

  /// Calls a function with texts as C has them, and a null pointer behind them.
  private static func withTexts<Result>(_ texts: [String], _ body: ([UnsafeMutablePointer<CChar>?]) -> Result) -> Result
  {
    let copies = texts.map { strdup($0) }
    defer { for copy in copies { free(copy) } }
    return body(copies + [nil])
  }

  /// Waits until a process has ended, and leaves it to be collected.
  static func awaitEnd(of process: pid_t) {
    var information = siginfo_t()
    var result: Int32
    repeat {
      result = waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT)
    } while result != 0 && errno == EINTR
  }

  /// Whether a process that was not collected has ended.
  static func hasEnded(_ process: pid_t) -> Bool {
    var information = siginfo_t()
    let result = waitid(P_PID, id_t(process), &information, WEXITED | WNOWAIT | WNOHANG)
    // Without an end nothing is told.
    return result != 0 || information.si_signo == SIGCHLD
  }

  /// How a process has ended.
  static func collect(_ process: pid_t) -> Subprocess.Ending {
    var status: Int32 = 0
    var result: pid_t
    repeat { result = waitpid(process, &status, 0) } while result < 0 && errno == EINTR
    // Where this process ignores its children's ends, the system forgets how they were.
    guard result == process else { return .exit(-1) }
    let signal = status & 0x7f
    return signal == 0 ? .exit(status >> 8 & 0xff) : .signal(signal)
  }

  /// Sends a signal to a process that was not collected, and to those that it has started.
  static func send(_ signal: Int32, to process: pid_t) {
    kill(-process, signal)
  }
}
