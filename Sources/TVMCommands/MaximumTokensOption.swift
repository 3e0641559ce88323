import ArgumentParser

/// The option that limits a run.
struct MaximumTokensOption: ParsableArguments {
  @Option(help: ArgumentHelp("Stop after N generated tokens.", valueName: "n"))
  var maxTokens: Int?

  func validate() throws {
    if let maxTokens, maxTokens < 1 { throw ValidationError("--max-tokens: expected at least 1, found \(maxTokens)") }
  }

  var isGiven: Bool { maxTokens != nil }

  var limit: Int { maxTokens ?? .max }
}
