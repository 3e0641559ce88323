import LanguageModel
import Serving
import TestSupport

/// Lets a request pass a gate before each of its tokens, and with it the whole engine.
struct GateProcessor: LogitsProcessor {
  let gate: Gate
  /// The only token that may be chosen; nil for any.
  var token: Int?

  func process(_ logits: inout [Float], after generated: [Int]) {
    gate.pass()
    guard let token else { return }
    for other in logits.indices where other != token { logits[other] = -.infinity }
  }
}
