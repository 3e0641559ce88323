/// Looks for a string in a text: anywhere in it (Knuth, Morris and Pratt), or where it begins.
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

  /// Accepts the texts in which `needle`, not empty, stands nowhere.
  static func without(_ needle: [UInt8]) -> RuleAutomaton {
    var automaton = ending(with: needle)
    automaton.states.removeLast()
    for index in automaton.states.indices {
      automaton.states[index].edges.removeAll { $0.target == needle.count }
      automaton.states[index].isAccepting = true
    }
    return automaton
  }

  /// Accepts the texts that do not begin with `needle`, not empty and without white space, behind any white space.
  static func notBeginning(with needle: [UInt8]) -> RuleAutomaton {
    let other = needle.count
    var states = needle.indices.map { matched in
      let targets = (0...255).map { byte -> Int? in
        if byte == needle[matched] { return matched + 1 < needle.count ? matched + 1 : nil }
        return matched == 0 && space.contains(UInt8(byte)) ? 0 : other
      }
      return RuleAutomaton.State(edges: edges(targets), isAccepting: true)
    }
    states.append(.init(edges: [.init(low: 0, high: 255, effect: .none, target: other)], isAccepting: true))
    return RuleAutomaton(states: states)
  }

  /// White space: spaces, tabs and line breaks.
  static let space: [UInt8] = [0x09, 0x0A, 0x0D, 0x20]

  /// The length of the longest suffix of `text` that `needle` begins with.
  private static func longestSuffix(_ text: [UInt8], beginning needle: [UInt8]) -> Int {
    stride(from: min(text.count, needle.count), to: 0, by: -1).first { text.suffix($0) == needle.prefix($0) } ?? 0
  }

  /// The edges to a target for each byte; none where that is nil.
  private static func edges(_ targets: [Int?]) -> [RuleAutomaton.Edge] {
    var edges: [RuleAutomaton.Edge] = []
    for (byte, target) in targets.enumerated() {
      guard let target else { continue }
      if let last = edges.last, last.target == target, Int(last.high) + 1 == byte {
        edges[edges.count - 1].high = UInt8(byte)
      } else {
        edges.append(.init(low: UInt8(byte), high: UInt8(byte), effect: .none, target: target))
      }
    }
    return edges
  }
}
