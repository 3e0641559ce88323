/// Forbids the tokens after which a text would leave its grammar.
///
/// It follows one generation, and is told all tokens of it at every step.
public struct GrammarProcessor: Sendable {
  private let finder: MaskFinder
  private var reader: GrammarReader
  private var readTokens = 0
  private var hasEnded = false

  init(_ finder: MaskFinder) {
    self.finder = finder
    reader = GrammarReader(finder.automaton)
  }

  /// Whether the text may end with the tokens that it was told of.
  public var isComplete: Bool { hasEnded || reader.isComplete }

  /// Sets the logits of forbidden tokens to −∞.
  ///
  /// - Parameters:
  ///   - logits: one for each token; those beyond the vocabulary are forbidden.
  ///   - generated: the tokens that were chosen so far.
  /// - Throws: when one of them was forbidden, or no token of the vocabulary may come.
  public mutating func process(_ logits: inout [Float], after generated: [Int]) throws(GrammarError) {
    try read(generated)
    let mask = allowedTokens
    guard !mask.isEmpty else {
      throw GrammarError(.stuck, "", "expected a vocabulary with a token that the grammar allows here")
    }
    mask.apply(to: &logits)
  }

  /// The tokens that may come next.
  var allowedTokens: TokenMask {
    guard hasEnded else { return finder.mask(reader) }
    var mask = TokenMask(count: finder.vocabulary.count)
    for token in finder.vocabulary.endTokens { mask.insert(token) }
    return mask
  }

  /// Reads the tokens that are new, or all where a generation has begun anew.
  /// - Throws: when one of them is forbidden.
  package mutating func read(_ generated: [Int]) throws(GrammarError) {
    if generated.count < readTokens { self = GrammarProcessor(finder) }
    for token in generated[readTokens...] {
      readTokens += 1
      if hasEnded || finder.vocabulary.endTokens.contains(token) {
        hasEnded = true
        continue
      }
      let tokens = finder.vocabulary.tokens
      guard tokens.indices.contains(token), let bytes = tokens[token], !bytes.isEmpty, reader.read(bytes) else {
        throw GrammarError(.stuck, "", "expected tokens that the grammar allows, found token \(token)")
      }
    }
  }
}
