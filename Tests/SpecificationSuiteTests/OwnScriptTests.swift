import Reference
import SpecificationSuite
import Testing

@Suite("Scripts of modules that import from each other")
struct OwnScriptTests {
  private let runner = SuiteRunner { FullReferenceInterpreter($0) }

  @Test("Every command passes", arguments: OwnScripts.names)
  func passes(_ name: String) throws {
    let script = try OwnScripts.script(name)
    let report = runner.run(script)
    #expect(report.lines == [])
    #expect(report.passed == script.commands.count && !script.commands.isEmpty)
  }

  @Test("The transformer passes every command, too")
  func transformer() throws {
    let runner = try SuiteRunner.transformer()
    for name in OwnScripts.names { #expect(runner.run(try OwnScripts.script(name)).lines == []) }
  }

  @Test("Every assertion fails where something else is expected", arguments: OwnScripts.names)
  func contradictions(_ name: String) throws {
    let script = try OwnScripts.contradicted(name)
    let report = runner.run(script)
    for (command, entry) in zip(script.commands, report.entries) {
      if command.name.hasPrefix("assert_") {
        guard case .failed = entry.outcome else {
          Issue.record("line \(command.line): \(command.name) passed though it should not")
          continue
        }
      } else {
        #expect(entry.outcome == .passed, "line \(command.line)")
      }
    }
  }

  @Test("A call with other arguments is told by the name that the script knows")
  func wrongArguments() throws {
    let action = #"{"type": "invoke", "module": "$counter", "field": "next", "args": [{"type": "i32", "value": "1"}]}"#
    let command = #"{"type": "action", "line": 9999, "action": \#(action)}"#
    let script = try OwnScripts.script("functions", appending: [command])
    let report = runner.run(script)
    let expected = "expected no arguments for the function 'next', found i32"
    #expect(report.lines.last == "\(script.file):9999: action failed: \(expected)")
  }

  @Test("Behind a call that meets its limit the commands say that they are not run, and why")
  func limits() throws {
    let script = try OwnScripts.script("functions")
    let report = SuiteRunner(tokenLimit: 60) { FullReferenceInterpreter($0) }.run(script)
    let met = report.lines.filter { $0.hasSuffix("failed: expected an end within 60 tokens") }
    let notRun = report.lines.filter {
      $0.hasSuffix("failed: not run: an earlier command left the instance where it met the limit of 60 tokens")
    }
    #expect(!met.isEmpty && !notRun.isEmpty, "\(report.lines)")
  }
}
