import Foundation
import Reference
import SpecificationSuite
import Testing

@Suite("Official scripts", .enabled(if: OfficialScripts.folder != nil, "\(OfficialScripts.absence)"))
struct OfficialScriptTests {
  @Test("Every command passes but those with modules in the text format")
  func referenceInterpreter() throws {
    let scripts = try OfficialScripts.files().map { try SpecificationScript(file: $0) }
    let runner = SuiteRunner { FullReferenceInterpreter($0) }
    var reports: [ScriptReport] = []
    runner.run(scripts, atOnce: 2) { reports.append($0) }
    #expect(reports.map(\.file) == scripts.map(\.file))
    for (script, report) in zip(scripts, reports) {
      #expect(report.entries.count == script.commands.count, "\(report.file)")
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
}
