import Foundation
import LoadGeneration
import RandomNumbers
import TestSupport
import Testing

@Suite struct LengthDistributionTests {
  @Test func lengthsAreWritten() {
    #expect(LengthDistribution("128") == .fixed(128))
    #expect(LengthDistribution("64-256") == .uniform(64...256))
    #expect(LengthDistribution("7-7") == .uniform(7...7))
    #expect(LengthDistribution("lognormal:200:0.8") == .logNormal(median: 200, deviation: 0.8))
    #expect(LengthDistribution("lognormal:1:0") == .logNormal(median: 1, deviation: 0))
    for text in [
      "", "-", "0", "-5", "5-", "-5-7", "8-4", "1-2-3", "x", "1.5", "1000001", "lognormal", "lognormal:5",
      "lognormal:0:1", "lognormal:5:-1", "lognormal:5:5", "lognormal:5:nan", "lognormal:5:1:1", "normal:5:1",
      "99999999999999999999",
    ] {
      #expect(LengthDistribution(text) == nil, "\(text)")
    }
  }

  @Test func drawsAreOfTheDistribution() {
    var random = SplitMix64()
    func draws(_ distribution: LengthDistribution, _ count: Int) -> [Int] {
      (0..<count).map { _ in distribution.draw(using: &random) }
    }
    #expect(Set(draws(.fixed(9), 20)) == [9])
    let uniform = draws(.uniform(3...12), 10_000)
    for length in 3...12 {
      let count = uniform.count { $0 == length }
      #expect((850...1150).contains(count), "\(length): \(count), seed \(SplitMix64.testSeed)")
    }
    #expect(uniform.min() == 3 && uniform.max() == 12)
    let logs = draws(.logNormal(median: 200, deviation: 0.5), 20_000).map { log(Double($0) / 200) }
    let mean = logs.reduce(0, +) / Double(logs.count)
    let deviation = (logs.reduce(0) { $0 + ($1 - mean) * ($1 - mean) } / Double(logs.count)).squareRoot()
    #expect(abs(mean) < 0.02 && abs(deviation - 0.5) < 0.02, "\(mean), \(deviation), seed \(SplitMix64.testSeed)")
    // Beyond one deviation lie 31.7 % of a normal distribution, which a uniform one of the same deviation has not.
    let far = Double(logs.count { abs($0) > 0.5 }) / Double(logs.count)
    #expect(abs(far - 0.317) < 0.02, "\(far), seed \(SplitMix64.testSeed)")
    #expect(draws(.logNormal(median: 1_000_000, deviation: 4), 100).allSatisfy(LengthDistribution.limits.contains))
    #expect(draws(.logNormal(median: 1, deviation: 4), 100).allSatisfy(LengthDistribution.limits.contains))
  }
}
