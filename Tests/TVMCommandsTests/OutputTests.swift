import Foundation
import Subprocesses
import TestSupport
import Testing

/// Where commands write to: said before the work when they cannot, and never over a file that they keep.
@Suite final class OutputTests {
  private let folder = FileManager.default.temporaryDirectory.appendingPathComponent("tvm-output-\(UUID().uuidString)")
    .path

  init() throws {
    try FileManager.default.createDirectory(atPath: folder, withIntermediateDirectories: true)
  }

  deinit {
    try? FileManager.default.removeItem(atPath: folder)
  }

  /// The program does not end within the limit of any test.
  @Test(arguments: [
    "run loop.c --trace nowhere/t", "reference loop.c --trace nowhere/t", "eval loop.c --trace nowhere/t",
    "eval loop.c --specialized --machine base --trace nowhere/t",
    "compile missing.c -o nowhere/t", "build --plan missing.yaml -o nowhere/t.bin",
    "specialize missing.c -o nowhere/t.bin", "schedule -o nowhere/t", "bench --growth 100000000 -o nowhere/t.svg",
    "fuzz --count 100000000 --engine reference -o nowhere/t",
  ])
  func aPlaceThatIsNoneIsToldBeforeTheWork(_ command: String) throws {
    try Data("int main(void) { for (volatile int i = 0;; i++); }".utf8)
      .write(to: URL(fileURLWithPath: folder + "/loop.c"))
    let run = try CommandRun("ulimit -t 120; tvm \(command)", in: folder)
    #expect(run.status == 1)
    #expect(run.report.hasPrefix("Error: nowhere/t") && run.report.contains("expected a folder"), "\(run.report)")
    #expect(run.report.split(separator: "\n").count == 1)
  }

  @Test func aTraceDoesNotTakeTheCheckpointsPlace() throws {
    try FileManager.default.createSymbolicLink(atPath: folder + "/self", withDestinationPath: ".")
    for trace in ["c", "./c", "self/c"] {
      let run = try CommandRun("tvm run hello --machine base --checkpoint c --trace \(trace)", in: folder)
      #expect(run.status == 64, "\(trace)")
      #expect(run.report.contains("expected another file than --checkpoint"), "\(run.report)")
    }
    #expect(try CommandRun("tvm run hello --machine base --checkpoint c --trace t", in: folder).status == 0)
    let kept = try Data(contentsOf: URL(fileURLWithPath: folder + "/c"))
    try FileManager.default.linkItem(atPath: folder + "/c", toPath: folder + "/linked")
    for trace in ["self/c", "linked"] {
      #expect(try CommandRun("tvm run hello --machine base --checkpoint c --trace \(trace)", in: folder).status == 64)
    }
    #expect(try Data(contentsOf: URL(fileURLWithPath: folder + "/c")) == kept)
  }

  /// Neither the compiler that is at work nor its files.
  @Test(arguments: ["INT", "TERM"]) func nothingIsLeftOfACommandThatASignalEnds(_ signal: String) throws {
    for name in ["temporary", "bin"] {
      try FileManager.default.createDirectory(atPath: folder + "/\(name)", withIntermediateDirectories: true)
    }
    let compiler = """
      case "$*" in
        *--print-targets*) echo wasm32;;
        *--print-prog-name*) echo /bin/true;;
        *) echo $$ > '\(folder)/group'; sleep 600;;
      esac
      """
    try ShellScript.write(compiler, to: URL(fileURLWithPath: folder + "/bin/clang"))
    try Data("int main(void) { return 0; }".utf8).write(to: URL(fileURLWithPath: folder + "/a.c"))
    // Only a shell with job control lets what it starts in the background be interrupted.
    let tvm = try CommandRun.executable().path
    let script = """
      cd '\(folder)'; set -m
      TMPDIR=$PWD/temporary TVM_CLANG=$PWD/bin/clang '\(tvm)' run a.c & job=$!
      while [ ! -s group ]; do sleep 0.05; done
      ls temporary
      kill -\(signal) $job; wait $job; status=$?
      ls -A temporary
      while kill -0 -- -$(cat group) 2>/dev/null; do sleep 0.05; done
      exit $status
      """
    // Another way to start it would hand on what this thread blocks, which may be these signals.
    let command = Command(URL(filePath: "/bin/bash"), ["-c", script], output: .results)
    let run = try Subprocess().run(command, within: Double(patience.components.seconds))
    #expect(run.ending == .exit(signal == "INT" ? 130 : 143))
    let names = run.output.split(separator: "\n")
    #expect(names.count == 1 && names.first?.hasPrefix("tvm-") == true, "\(run.output)")
  }

  /// Lines may end as they do on Windows.
  @Test func everyLineOfAnOutputIsSetIn() throws {
    try Data("#include <stdio.h>\nint main(void) { fputs(\"a\\r\\nb\\r\\n\\r\\nc\\n\", stdout); }\n".utf8)
      .write(to: URL(fileURLWithPath: folder + "/lines.c"))
    // Of more than one program, the output is set in.
    let run = try CommandRun("tvm run lines.c lines.c --engine plan", in: folder)
    #expect(run.status == 0, "\(run.report)")
    let lines = run.output.split(separator: UInt8(ascii: "\n")).map { String(decoding: $0, as: UTF8.self) }
    #expect(
      lines.filter { $0.hasPrefix("  │ ") } == [
        "  │ a\r", "  │ b\r", "  │ \r", "  │ c", "  │ a\r", "  │ b\r", "  │ \r", "  │ c",
      ])
  }
}
