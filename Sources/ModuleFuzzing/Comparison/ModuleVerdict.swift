package import ModuleExecution

/// What the comparison of a module's executions has shown.
package struct ModuleVerdict: Sendable {
  /// nil where they agree.
  package let difference: ModuleDifference?
  /// How many tokens the machine wrote or read behind the prompt.
  package let tokenCount: Int
  /// How the machine's instantiation and calls ended.
  package let outcomes: [ExecutionOutcome]

  init(_ difference: ModuleDifference?, tokenCount: Int = 0, outcomes: [ExecutionOutcome] = []) {
    self.difference = difference
    self.tokenCount = tokenCount
    self.outcomes = outcomes
  }
}
