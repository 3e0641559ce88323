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
}
