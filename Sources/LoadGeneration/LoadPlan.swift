import Foundation
import RandomNumbers

/// The requests of a load, which are the same whenever the same is asked for.
package struct LoadPlan: Sendable {
  /// One request.
  package struct Request: Sendable {
    package var prompt: String
    /// The most tokens of its answer.
    package var maxTokens: Int
    /// The time from the beginning at which it is sent; nil when it is sent after another one has ended.
    package var arrival: Duration?
  }

  /// What a plan is made from.
  package struct Load: Sendable {
    package var requests: Int
    package var arrival: ArrivalPattern
    /// How many of each hundred words at the beginning of a prompt are those of all prompts.
    package var sharedPercent: Int
    /// Words of a prompt; most tokenizers make one token of each.
    package var promptLength: LengthDistribution
    /// Tokens of an answer, unless the model ends it before.
    package var answerLength: LengthDistribution
    package var seed: UInt64

    package init(
      requests: Int, arrival: ArrivalPattern, sharedPercent: Int, promptLength: LengthDistribution,
      answerLength: LengthDistribution, seed: UInt64
    ) {
      self.requests = requests
      self.arrival = arrival
      self.sharedPercent = sharedPercent
      self.promptLength = promptLength
      self.answerLength = answerLength
      self.seed = seed
    }
  }

  /// In the order in which they are sent.
  package let requests: [Request]
  package let arrival: ArrivalPattern

  /// Makes the requests of a load.
  package init(_ load: Load) {
    // Apart, so that a change to one of them leaves the others as they were.
    var lengths = SplitMix64(seed: load.seed)
    var words = SplitMix64(seed: load.seed ^ 0xa5a5_a5a5_a5a5_a5a5)
    var moments = SplitMix64(seed: ~load.seed)
    var shared: [String] = []
    var now = 0.0
    arrival = load.arrival
    requests = (0..<load.requests).map { _ in
      let length = load.promptLength.draw(using: &lengths)
      let common = length * load.sharedPercent / 100
      while shared.count < common { shared.append(Self.word(using: &lengths)) }
      let own = (common..<length).map { _ in Self.word(using: &words) }
      var arrival: Duration?
      if case .rate(let rate) = load.arrival {
        arrival = .seconds(now)
        now -= log(1 - Double.random(in: 0..<1, using: &moments)) / rate
      }
      return Request(
        prompt: (shared.prefix(common) + own).joined(separator: " "),
        maxTokens: load.answerLength.draw(using: &lengths), arrival: arrival)
    }
  }

  private static func word(using random: inout SplitMix64) -> String {
    words[Int.random(in: words.indices, using: &random)]
  }

  /// Words that are one token with their space in the tokenizers of most models.
  private static let words = [
    "time", "year", "people", "way", "day", "man", "thing", "woman", "life", "child", "world", "school", "state",
    "family", "student", "group", "country", "problem", "hand", "part", "place", "case", "week", "company", "system",
    "program", "question", "work", "government", "number", "night", "point", "home", "water", "room", "mother", "area",
    "money", "story", "fact", "month", "lot", "right", "study", "book", "eye", "job", "word", "business", "issue",
    "side", "kind", "head", "house", "service", "friend", "father", "power", "hour", "game", "line", "end", "member",
    "law",
  ]
}
