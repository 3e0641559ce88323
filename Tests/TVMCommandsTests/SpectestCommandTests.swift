import Foundation
import Testing

/// `tvm spectest` on a script of the suite's own kind, beside the tests of the module that runs it.
@Suite struct SpectestCommandTests {
  private static let script = URL(filePath: #filePath).deletingLastPathComponent()
    .appending(path: "../SpecificationSuiteTests/Scripts/globals/globals.json").standardizedFileURL

  private let folder = FileManager.default.temporaryDirectory.path

  @Test(arguments: ["reference", "eval", "plan"])
  func everyEnginePasses(_ engine: String) throws {
    let run = try CommandRun("tvm spectest '\(Self.script.path)' --engine \(engine)", in: folder)
    #expect(run.text == "26 passed, 0 failed, 0 skipped\n")
    #expect(run.status == 0, "\(run.report)")
  }

  @Test func failuresAndSkipsHaveFileLineAndReason() throws {
    let copy = "\(folder)/tvm-spectest-\(UUID().uuidString)"
    try FileManager.default.copyItem(at: Self.script.deletingLastPathComponent(), to: URL(filePath: copy))
    defer { try? FileManager.default.removeItem(atPath: copy) }
    let file = "\(copy)/globals.json"
    let changed = try String(contentsOfFile: file, encoding: .utf8)
      .replacing(#""value": "25""#, with: #""value": "26""#)
      .replacing(
        #""commands": ["#,
        with: """
          "commands": [
            {"type": "assert_malformed", "line": 2, "filename": "x.wat", "text": "x", "module_type": "text"},
          """)
    try Data(changed.utf8).write(to: URL(filePath: file))
    let run = try CommandRun("tvm spectest '\(file)' --engine reference", in: folder)
    let lines = run.text.split(separator: "\n")
    #expect(lines.count == 3 && run.status == 1)
    #expect(lines.first == "\(file):2: assert_malformed skipped: the module is in the text format")
    #expect(lines.dropFirst().first?.hasSuffix("assert_return failed: expected i32:26, found i32:25") == true)
    #expect(lines.last == "25 passed, 1 failed, 1 skipped")
    let json = try CommandRun("tvm spectest '\(file)' --engine reference --json", in: folder)
    let object = try #require(json.objects.first)
    #expect(json.objects.count == 1 && json.status == 1)
    #expect(object["failed"] as? Int == 1 && object["skipped"] as? Int == 1 && object["passed"] as? Int == 25)
    #expect(Set(object.keys) == ["passed", "failed", "skipped", "tokens", "seconds", "files"])
  }
}
