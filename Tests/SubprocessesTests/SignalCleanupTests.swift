import Foundation
import Subprocesses
import Testing

/// What is left when a signal ends a process: nothing.
@Suite struct SignalCleanupTests {
  private static let patience = Duration.seconds(300)

  /// Waits until something is so.
  private static func await(_ condition: () -> Bool) -> Bool {
    let deadline = ContinuousClock.now + patience
    while !condition() {
      if ContinuousClock.now > deadline { return false }
      usleep(10_000)
    }
    return true
  }

  /// A folder of a test's own.
  private static func makeFolder() throws -> String {
    let folder = FileManager.default.temporaryDirectory.appending(path: "tvm-signals-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    return folder.path
  }

  private static func exists(_ path: String) -> Bool { FileManager.default.fileExists(atPath: path) }

  /// What a process does that has made a folder and started a program, which starts another, and is sent a signal.
  private static func work(in folder: String, _ script: String, until number: Int32) {
    SignalCleanup.install()
    Thread.detachNewThread {
      guard let temporary = try? TemporaryFolder("work-", in: URL(filePath: folder)) else { exit(3) }
      defer { temporary.remove() }
      let script =
        "cd '\(temporary.url.path)'; (echo $$ > '\(folder)/group'; \(script) sleep 600) & \(script) sleep 600"
      _ = try? Subprocess().run(Command(URL(filePath: "/bin/sh"), ["-c", script]), within: 600)
      // Whoever sees the program's end has no time to tell of it.
      exit(4)
    }
    guard Self.await({ exists(folder + "/group") }) else { exit(5) }
    kill(getpid(), number)
    sleep(600)
  }

  /// Whether anybody of a process group is alive.
  private static func isAlive(_ group: Int32) -> Bool { kill(-group, 0) == 0 }

  @Test(arguments: [SIGINT, SIGTERM, SIGHUP], ["", "trap '' TERM;"])
  func programsAndFoldersEndWithTheProcess(_ number: Int32, _ script: String) async throws {
    let folder = try Self.makeFolder()
    defer { try? FileManager.default.removeItem(atPath: folder) }
    switch number {
    case SIGINT:
      await #expect(processExitsWith: .signal(SIGINT)) { [folder = folder as String, script = script as String] in
        SignalCleanupTests.work(in: folder, script, until: SIGINT)
      }
    case SIGTERM:
      await #expect(processExitsWith: .signal(SIGTERM)) { [folder = folder as String, script = script as String] in
        SignalCleanupTests.work(in: folder, script, until: SIGTERM)
      }
    default:
      await #expect(processExitsWith: .signal(SIGHUP)) { [folder = folder as String, script = script as String] in
        SignalCleanupTests.work(in: folder, script, until: SIGHUP)
      }
    }
    let group = try String(contentsOfFile: folder + "/group", encoding: .utf8)
    let number = try #require(Int32(group.trimmingCharacters(in: .whitespacesAndNewlines)))
    #expect(Self.await { !Self.isAlive(number) })
    #expect(try FileManager.default.contentsOfDirectory(atPath: folder) == ["group"])
  }

  /// As of a process that a shell has started in the background, or `nohup`.
  @Test func anIgnoredSignalStaysIgnored() async {
    await #expect(processExitsWith: .exitCode(7)) {
      signal(SIGHUP, SIG_IGN)
      SignalCleanup.install()
      kill(getpid(), SIGHUP)
      usleep(200_000)
      exit(7)
    }
  }

  /// As a server does, which lets its requests end first.
  @Test func whoTakesASignalOverLaterHasIt() async {
    await #expect(processExitsWith: .exitCode(7)) {
      SignalCleanup.install()
      #if canImport(Darwin)
        signal(SIGTERM, SIG_IGN)
      #endif
      let source = DispatchSource.makeSignalSource(signal: SIGTERM, queue: .global())
      let isInPlace = DispatchSemaphore(value: 0)
      source.setRegistrationHandler { isInPlace.signal() }
      source.setEventHandler { exit(7) }
      source.resume()
      isInPlace.wait()
      kill(getpid(), SIGTERM)
      sleep(600)
    }
  }

  @Test func aFolderDisappearsWithItsContents() throws {
    let folder = try TemporaryFolder("tvm-test-")
    #expect(try FileManager.default.attributesOfItem(atPath: folder.url.path)[.posixPermissions] as? Int == 0o700)
    try Data([1]).write(to: folder.url.appending(path: "file"))
    folder.remove()
    #expect(!Self.exists(folder.url.path))
    #expect(throws: (any Error).self) { try TemporaryFolder("x-", in: URL(filePath: "/dev/null")) }
  }
}
