/// Looks for a string in a text (Knuth, Morris and Pratt).
enum SubstringAutomaton {
  /// Accepts the texts in which `needle`, not empty, stands at the end and nowhere before.
  static func ending(with needle: [UInt8]) -> RuleAutomaton {
    var states: [RuleAutomaton.State] = []
    for matched in needle.indices {
      let targets = (0...255).map { byte in
        longestSuffix(Array(needle[..<matched]) + [UInt8(byte)], beginning: needle)
      }
      states.append(.init(edges: edges(targets)))
    }
    states.append(.init(isAccepting: true))
    return RuleAutomaton(states: states)
  }

  /// The length of the longest suffix of `text` that `needle` begins with.
  private static func longestSuffix(_ text: [UInt8], beginning needle: [UInt8]) -> Int {
    stride(from: min(text.count, needle.count), to: 0, by: -1).first { text.suffix($0) == needle.prefix($0) } ?? 0
  }

  private static func edges(_ targets: [Int]) -> [RuleAutomaton.Edge] {
    var edges: [RuleAutomaton.Edge] = []
    for (byte, target) in targets.enumerated() {
      if let last = edges.last, last.target == target {
        edges[edges.count - 1].high = UInt8(byte)
      } else {
        edges.append(.init(low: UInt8(byte), high: UInt8(byte), effect: .none, target: target))
      }
    }
    return edges
  }
}
