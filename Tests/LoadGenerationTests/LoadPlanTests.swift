import Foundation
import LoadGeneration
import Testing

@Suite struct LoadPlanTests {
  private func load(
    _ requests: Int, _ arrival: ArrivalPattern = .concurrency(4), shared: Int = 0,
    prompt: LengthDistribution = .uniform(20...60), seed: UInt64 = 7
  ) -> LoadPlan.Load {
    LoadPlan.Load(
      requests: requests, arrival: arrival, sharedPercent: shared, promptLength: prompt, answerLength: .uniform(1...9),
      seed: seed)
  }

  @Test func aSeedIsAPlan() {
    func text(_ seed: UInt64) -> [String] {
      LoadPlan(load(50, .rate(3), shared: 40, seed: seed)).requests.map { "\($0)" }
    }
    #expect(text(1) == text(1))
    #expect(text(1) != text(2))
    #expect(LoadPlan(load(0)).requests.isEmpty)
  }

  @Test(arguments: [0, 1, 50, 90, 100])
  func promptsShareTheirBeginning(percent: Int) {
    let prompts = LoadPlan(load(40, shared: percent)).requests.map { $0.prompt.split(separator: " ") }
    let longest = prompts.max { $0.count < $1.count } ?? []
    for prompt in prompts {
      #expect((20...60).contains(prompt.count))
      let common = prompt.count * percent / 100
      #expect(prompt.prefix(common) == longest.prefix(common))
    }
    #expect(Set(prompts.map { $0.suffix(20).joined() }).count > 1)
  }

  @Test func lengthsAreThoseAskedFor() {
    let requests = LoadPlan(load(300, prompt: .fixed(33))).requests
    #expect(requests.allSatisfy { $0.prompt.split(separator: " ").count == 33 && $0.arrival == nil })
    #expect(Set(requests.map(\.maxTokens)) == Set(1...9))
  }

  @Test func requestsComeAtRandomMoments() throws {
    let moments = try LoadPlan(load(20_001, .rate(50), prompt: .fixed(1))).requests.map {
      try #require($0.arrival) / .seconds(1)
    }
    #expect(moments[0] == 0)
    let gaps = zip(moments.dropFirst(), moments).map { $0 - $1 }
    #expect(gaps.allSatisfy { $0 >= 0 })
    let mean = gaps.reduce(0, +) / Double(gaps.count)
    #expect(abs(mean - 0.02) < 0.0008, "\(mean)")
    // Of exponentially distributed gaps 1/e are longer than the mean, and 1/e² longer than twice that.
    for (factor, share) in [(1.0, exp(-1.0)), (2.0, exp(-2.0))] {
      let found = Double(gaps.count { $0 > factor * 0.02 }) / Double(gaps.count)
      #expect(abs(found - share) < 0.02, "\(found) beyond \(factor) means")
    }
  }
}
