import Foundation
import Testing

/// `tvm fuzz`, beside the tests of the modules that generate, compare and shrink.
@Suite struct FuzzCommandTests {
  private let folder = FileManager.default.temporaryDirectory.path

  @Test func successIsOneLine() throws {
    let modules = try CommandRun("tvm fuzz --count 5 --engine plan", in: folder)
    let summary = /5 modules, \d+ opcodes, \d+ calls \(\d+ traps\), [\d,]+ tokens: no differences\n/
    #expect(modules.text.wholeMatch(of: summary) != nil, "\(modules.text)")
    #expect(modules.status == 0 && modules.report.isEmpty, "\(modules.report)")
    let graphs = try CommandRun("tvm fuzz --graphs --count 2 --seed 7", in: folder)
    #expect(graphs.text.wholeMatch(of: /2 graphs, \d+ operations: no differences\n/) != nil, "\(graphs.text)")
    #expect(graphs.status == 0 && graphs.report.isEmpty, "\(graphs.report)")
  }

  @Test func theSummaryIsOneObject() throws {
    let run = try CommandRun("tvm fuzz --count 3 --engine reference --json", in: folder)
    let object = try #require(run.objects.first)
    #expect(run.objects.count == 1 && run.status == 0, "\(run.report)")
    #expect(Set(object.keys) == ["modules", "calls", "traps", "abandoned", "tokens", "opcodes", "files"])
    #expect((object["opcodes"] as? [String: Int])?["local.get"] ?? 0 > 0)
    #expect(object["modules"] as? Int == 3)
  }

  @Test(arguments: ["--count 0", "--against v8", "--graphs --engine plan", "--engine none"])
  func wrongUsageEndsWith64(_ options: String) throws {
    let run = try CommandRun("tvm fuzz \(options)", in: folder)
    #expect(run.status == 64 && run.text.isEmpty, "\(run.report)")
  }

  @Test func withoutNodeThatIsSaid() throws {
    let run = try CommandRun("PATH=/nowhere tvm fuzz --against node", in: folder)
    #expect(run.status == 1 && run.text.isEmpty)
    #expect(run.report.contains("expected node on the search path"), "\(run.report)")
  }
}
