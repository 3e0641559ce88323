/// The tokens of one sequence so far.
package struct TokenHistory: Sendable {
  /// The prompt's tokens, then the generated ones.
  package private(set) var tokens: [Int]
  /// How often each token was generated.
  package private(set) var generatedCounts: [Int: Int] = [:]

  /// A history that begins with a prompt.
  package init(prompt: [Int] = []) {
    tokens = prompt
  }

  /// Adds a generated token.
  package mutating func append(_ token: Int) {
    tokens.append(token)
    generatedCounts[token, default: 0] += 1
  }
}
