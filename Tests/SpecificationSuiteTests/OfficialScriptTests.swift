import Reference
import SpecificationSuite
import TestSupport
import Testing
import TransformerVM

@Suite("Official scripts", .enabled(if: OfficialScripts.folder != nil, "\(OfficialScripts.absence)"))
struct OfficialScriptTests {
  /// The reports of the reference interpreter, which say how long each script's traces are.
  private func referenceReports() throws -> [ScriptReport] {
    let scripts = try OfficialScripts.files().map { try SpecificationScript(file: $0) }
    return reports(of: scripts, SuiteRunner { FullReferenceInterpreter($0) })
  }

  private func reports(of scripts: [SpecificationScript], _ runner: SuiteRunner) -> [ScriptReport] {
    var reports: [ScriptReport] = []
    runner.run(scripts, atOnce: 2) { reports.append($0) }
    return reports
  }

  @Test("Every command passes but those with modules in the text format")
  func referenceInterpreter() throws {
    let reports = try referenceReports()
    #expect(try reports.map(\.file) == OfficialScripts.files())
    for report in reports {
      #expect(try report.entries.count == SpecificationScript(file: report.file).commands.count, "\(report.file)")
      for entry in report.entries {
        switch entry.outcome {
        case .passed: break
        case .failed(let reason): Issue.record("\(report.file), line \(entry.line): \(reason)")
        case .skipped(let reason):
          #expect(
            entry.command == "assert_malformed" && reason == "the module is in the text format",
            "\(report.file), line \(entry.line): \(reason)")
        }
      }
    }
    #expect(reports.reduce(0) { $0 + $1.passed } >= 8484)
  }

  /// The scripts whose traces are short; all of them, some two minutes on two idle cores, in long tests.
  @Test("The transformer passes what the reference interpreter passes, in as many tokens")
  func transformer() throws {
    let isLong = LongTests.areWanted
    let expected = try referenceReports().filter { isLong || $0.tokenCount <= 250_000 }
    let found = reports(
      of: try expected.map { try SpecificationScript(file: $0.file) }, try SuiteRunner.transformer())
    for (expected, found) in zip(expected, found) {
      #expect(found.lines.filter { !$0.hasSuffix("text format") } == [])
      #expect(found == expected, "\(expected.file)")
    }
    #expect(found.count == expected.count && found.reduce(0) { $0 + $1.passed } >= 3000)
  }
}
