package import ChatTemplate

/// A token of an answer, and how probable it was.
package struct TokenLogProbability: Hashable, Sendable {
  /// A token with the natural logarithm of its probability.
  package struct Candidate: Hashable, Sendable {
    /// What the token writes; a part of a character alone need not be well-formed UTF-8.
    package var bytes: [UInt8]
    package var logProbability: Float

    package init(bytes: [UInt8], logProbability: Float) {
      self.bytes = bytes
      self.logProbability = logProbability
    }

    /// The bytes as text, with U+FFFD where they are none.
    package var text: String { String(decoding: bytes, as: UTF8.self) }
  }

  package var chosen: Candidate
  /// The most probable tokens, as many as were asked for.
  package var best: [Candidate]

  package init(chosen: Candidate, best: [Candidate]) {
    self.chosen = chosen
    self.best = best
  }

  /// As chat completions have it.
  package var json: JSONValue {
    var object = chosen.members
    object["top_logprobs"] = .array(best.map { .object($0.members) })
    return .object(object)
  }
}

extension TokenLogProbability.Candidate {
  fileprivate var members: JSONObject {
    [
      "token": .string(text), "logprob": number,
      "bytes": .array(bytes.map { .integer(Int($0)) }),
    ]
  }

  /// The logarithm with the digits of its precision; −9999, as OpenAI has it, for that of zero.
  package var number: JSONValue {
    guard logProbability.isFinite else { return .number(-9999) }
    return .number(Double(String(logProbability)) ?? Double(logProbability))
  }
}
