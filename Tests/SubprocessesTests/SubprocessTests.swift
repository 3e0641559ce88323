import Foundation
import Subprocesses
import Synchronization
import Testing

#if canImport(Darwin)
  import Darwin
#elseif canImport(Musl)
  import Musl
#else
  import Glibc
#endif

/// Programs that end, that do not, and that leave others behind.
@Suite struct SubprocessTests {
  /// Seconds after which a test would have waited for something that it should not wait for.
  private static let patience = 300.0

  private static func shell(_ script: String, input: String = "/dev/null", output: Command.Output = .errors) -> Command
  {
    Command(URL(filePath: "/bin/sh"), ["-c", script], input: input, output: output)
  }

  private static func run(_ script: String, within limit: Double = patience) throws -> Subprocess.Result {
    try Subprocess().run(shell(script), within: limit)
  }

  /// A pipe with a name, which whoever was started holds open for as long as it lives.
  private final class Witness: Sendable {
    let path = FileManager.default.temporaryDirectory.appending(path: "tvm-witness-\(UUID().uuidString)").path
    private let descriptor: Int32

    init() {
      mkfifo(path, 0o600)
      descriptor = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC)
    }

    /// Waits until somebody has written to it.
    func awaitWriter() -> Bool {
      events() & Int16(POLLIN) != 0
    }

    /// Waits until nobody holds it, when everything that was written to it has been read.
    func awaitEnd() -> Bool {
      // The end is told only when there was somebody.
      close(open(path, O_WRONLY | O_NONBLOCK | O_CLOEXEC))
      var byte: UInt8 = 0
      while read(descriptor, &byte, 1) > 0 {}
      return events() & Int16(POLLHUP) != 0
    }

    /// What happens next.
    private func events() -> Int16 {
      var pipe = pollfd(fd: descriptor, events: Int16(POLLIN), revents: 0)
      _ = poll(&pipe, 1, Int32(patience * 1000))
      return pipe.revents
    }

    deinit {
      close(descriptor)
      unlink(path)
    }
  }

  @Test func endsAreTold() throws {
    #expect(try Self.run("exit 0").isSuccess)
    #expect(try Self.run("exit 3").ending == .exit(3))
    #expect(try Self.run("kill -9 $$").ending == .signal(SIGKILL))
    #expect(try !Self.run("exit 3").isSuccess)
  }

  @Test func endsAreWorded() {
    let words: [(Subprocess.Ending, String)] = [
      (.exit(3), "failed with status 3"), (.signal(9), "was ended by signal 9"),
      (.timeLimit(0.5), "was stopped: it had not ended after 0.5 seconds"),
      (.timeLimit(120), "was stopped: it had not ended after 120 seconds"), (.stopped, "was stopped before it ended"),
    ]
    for (ending, text) in words { #expect("\(ending)" == text) }
  }

  @Test func whatIsPrintedIsKept() throws {
    let script = "echo printed; echo complained >&2; cat"
    let input = FileManager.default.temporaryDirectory.appending(path: "tvm-input-\(UUID().uuidString)")
    try Data("read\n".utf8).write(to: input)
    defer { try? FileManager.default.removeItem(at: input) }
    for (output, text) in [(Command.Output.errors, "complained\n"), (.everything, "printed\ncomplained\nread\n")] {
      let result = try Subprocess().run(Self.shell(script, input: input.path, output: output), within: Self.patience)
      #expect(result.output == text)
    }
    let command = Self.shell(script, input: input.path, output: .results)
    #expect(try Subprocess().run(command, within: Self.patience).output == "printed\nread\n")
    #expect(try Self.run("cat >&2").output.isEmpty)
    #expect(try Self.run("head -c 3000000 /dev/zero >&2").output.utf8.count == 1 << 20)
  }

  /// Each line once, when it is there, however it is cut; the last also without an end.
  @Test func aFolderForTemporaryFilesIsPassedOn() throws {
    var command = Self.shell("echo $TMPDIR; echo $HOME", output: .results)
    command.temporaryFolder = URL(filePath: "/some/where")
    let home = ProcessInfo.processInfo.environment["HOME"] ?? ""
    #expect(try Subprocess().run(command, within: Self.patience).output == "/some/where\n\(home)\n")
  }

  @Test func linesArePassedOnWhileTheyCome() throws {
    let witness = Witness()
    var lines: [String] = []
    let script = "echo first; cat '\(witness.path)'; printf 'a'; sleep 0.2; printf 'b\\n\\nno end'"
    let result = try Subprocess().run(Self.shell(script, output: .results), within: Self.patience) { line in
      // The program ends only when its first line has come.
      if lines.isEmpty { close(open(witness.path, O_WRONLY)) }
      lines.append(line)
    }
    #expect(lines == ["first", "ab", "", "no end"])
    #expect(result.isSuccess && result.output == "first\nab\n\nno end")
    lines = []
    _ = try Subprocess().run(Self.shell("yes | head -n 100000", output: .results), within: Self.patience) {
      lines.append($0)
    }
    #expect(lines == Array(repeating: "y", count: 100_000))
    lines = []
    _ = try Subprocess().run(Self.shell("echo here; sleep 600", output: .results), within: 0.5) { lines.append($0) }
    #expect(lines == ["here"])
  }

  /// A program may be told to end in its own way.
  @Test func theSignalToEndCanBeChosen() throws {
    var command = Self.shell("trap 'echo interrupted; exit 3' INT; while :; do sleep 0.05; done", output: .results)
    command.endSignal = SIGINT
    let result = try Subprocess().run(command, within: 0.5)
    #expect(result.ending == .timeLimit(0.5))
    #expect(result.output == "interrupted\n")
  }

  @Test func whatCannotBeStartedIsNamed() throws {
    for path in ["/nowhere/program", "/", "/etc/passwd"] {
      #expect { try Subprocess().run(Command(URL(filePath: path), []), within: 1) } throws: { error in
        "\(error)".hasPrefix("\(path) could not be started: ")
      }
    }
    #expect(throws: SubprocessError.self) {
      try Subprocess().run(Self.shell("exit 0", input: "/nowhere/input"), within: 1)
    }
  }

  /// Whoever a program leaves behind holds what it printed to, and nobody waits for that.
  @Test func whoIsLeftBehindIsNotWaitedFor() throws {
    let clock = ContinuousClock()
    let start = clock.now
    let result = try Self.run("sleep 600 & echo $! >&2; exit 1")
    #expect(clock.now - start < .seconds(Self.patience))
    #expect(result.ending == .exit(1))
    // It is left alone: what ends by itself may have started something that is to stay.
    let left = try #require(Int32(result.output.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(kill(left, SIGKILL) == 0)
  }

  /// Also what ignores the signal to end, and what it has started, which ignores it as well.
  @Test(arguments: ["", "trap '' TERM; "]) func whatTakesTooLongEndsWithAllItHasStarted(_ beginning: String) throws {
    let witness = Witness()
    let result = try Self.run("\(beginning)(sleep 600) > '\(witness.path)' & sleep 600; sleep 600", within: 0.5)
    #expect(result.ending == .timeLimit(0.5))
    #expect(witness.awaitEnd())
  }

  /// What it has started may ignore a signal that ends the program itself.
  @Test func whoIgnoresTheSignalEndsAsWell() throws {
    let witness = Witness()
    let result = try Self.run("(trap '' TERM; sleep 600; sleep 600) > '\(witness.path)' & sleep 600", within: 0.5)
    #expect(result.ending == .timeLimit(0.5))
    #expect(witness.awaitEnd())
  }

  /// Even where the thread that starts it blocks every signal.
  @Test func anotherThreadStopsIt() throws {
    let witness = Witness()
    let subprocess = Subprocess()
    let command = Self.shell("echo > '\(witness.path)'; sleep 600 > '\(witness.path)'")
    let ending = Ending()
    Thread.detachNewThread {
      var all = sigset_t()
      sigfillset(&all)
      pthread_sigmask(SIG_SETMASK, &all, nil)
      let result = try? subprocess.run(command, within: Self.patience)
      ending.set(result?.ending)
    }
    #expect(witness.awaitWriter())
    subprocess.stop()
    #expect(ending.wait() == .stopped)
    #expect(witness.awaitEnd())
  }

  /// What a thread hands over.
  private final class Ending: Sendable {
    private let value = Mutex<Subprocess.Ending?>(nil)
    private let isSet = DispatchSemaphore(value: 0)

    func set(_ ending: Subprocess.Ending?) {
      value.withLock { $0 = ending }
      isSet.signal()
    }

    func wait() -> Subprocess.Ending? {
      isSet.wait()
      return value.withLock { $0 }
    }
  }

  @Test func whatWasStoppedDoesNotBegin() throws {
    let subprocess = Subprocess()
    subprocess.stop()
    let file = FileManager.default.temporaryDirectory.appending(path: "tvm-begun-\(UUID().uuidString)").path
    #expect(try subprocess.run(Self.shell("echo > '\(file)'"), within: Self.patience).ending == .stopped)
    #expect(!FileManager.default.fileExists(atPath: file))
  }
}
