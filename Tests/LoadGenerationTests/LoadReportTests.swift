import LoadGeneration
import RandomNumbers
import TestSupport
import Testing

@Suite struct LoadReportTests {
  private func record(first: Int?, gaps: [Int] = [], failure: LoadFailure? = nil) -> RequestRecord {
    var record = RequestRecord(due: .milliseconds(100), sent: .milliseconds(110))
    var time = Duration.milliseconds(100)
    for gap in [first].compactMap({ $0 }) + gaps {
      time += .milliseconds(gap)
      record.pieces.append(time)
    }
    record.end = time
    record.generatedTokens = record.pieces.count
    record.failure = failure
    return record
  }

  @Test func aPercentileIsTheSmallestThatSoManyDoNotExceed() throws {
    #expect(Percentiles([]) == nil)
    var random = SplitMix64()
    for count in [1, 2, 3, 9, 10, 11, 99, 100, 101, 250] {
      let times = (0..<count).map { _ in Duration.milliseconds(Int.random(in: 0...40, using: &random)) }
      let found = try #require(Percentiles(times))
      func expected(_ percent: Int) -> Double? {
        times.filter { time in times.count { $0 <= time } * 100 >= percent * count }.min().map { $0 / .seconds(1) }
      }
      let note: Comment = "\(count) times, seed \(SplitMix64.testSeed)"
      #expect(found.p50 == expected(50), note)
      #expect(found.p90 == expected(90), note)
      #expect(found.p99 == expected(99), note)
      #expect(found.max == times.max().map { $0 / .seconds(1) }, note)
      #expect(abs(found.mean - times.reduce(.zero, +) / .seconds(1) / Double(count)) < 1e-12, note)
    }
  }

  @Test func waitingCountsFromTheMomentARequestWasDue() throws {
    let report = LoadReport([record(first: 40, gaps: [5, 15])])
    #expect(report.timeToFirstToken?.p50 == 0.04)
    #expect(report.betweenTokens == Percentiles([.milliseconds(5), .milliseconds(15)]))
    #expect(report.endToEnd?.max == 0.06)
    #expect(report.lateness?.max == 0.01)
    #expect(report.seconds == 0.16)
    #expect(report.generatedTokensPerSecond == 3 / 0.16)
  }

  @Test func whatFailsCountsAgainstTheObjectivesAndInNoTime() {
    let records = [
      record(first: 50, gaps: [10, 30]), record(first: 51, gaps: [10]), record(first: 50, gaps: [10, 31]),
      record(first: 10, gaps: [1], failure: .brokenOff), record(first: nil, failure: .status(429)),
      record(first: nil, failure: .status(429)), record(first: 20), record(first: nil),
    ]
    let objectives = ServiceObjectives(timeToFirstToken: .milliseconds(50), betweenTokens: .milliseconds(20))
    let report = LoadReport(records, objectives: objectives)
    #expect(report.attainment == 0.25)
    #expect(report.failures == ["broken off": 1, "status 429": 2])
    #expect(report.succeeded == 5)
    #expect(report.timeToFirstToken?.count == 4)
    #expect(report.betweenTokens?.count == 5)
    #expect(LoadReport(records).attainment == nil)
    #expect(LoadReport([]).timeToFirstToken == nil && LoadReport([]).seconds == 0)
  }
}
