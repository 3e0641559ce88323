import LanguageModel
import Serving

/// One of the answers to a request, before it is begun.
struct PlannedAnswer: Sendable {
  /// Its place among the answers.
  var choice: Int
  var request: GenerationRequest
  var form: AnswerBuilder.Form
  /// What it begins with.
  var echo: String
  /// Whether it is the first of its prompt, whose tokens then count.
  var countsPrompt: Bool

  /// - Parameter number: which of the answers to its prompt; their seeds follow one another.
  init(choice: Int, number: Int, _ request: GenerationRequest, _ form: AnswerBuilder.Form, echo: String = "") {
    self.choice = choice
    self.request = request
    self.request.parameters.seed = request.parameters.seed.map { $0 &+ UInt64(number) }
    countsPrompt = number == 0
    self.form = form
    self.echo = echo
  }
}
