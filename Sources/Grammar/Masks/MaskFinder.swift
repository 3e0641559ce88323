/// Finds the tokens that may come next under a grammar, and remembers them.
final class MaskFinder: Sendable {
  let automaton: PushdownAutomaton
  let vocabulary: TokenVocabulary
  private let commonStates: Int
  private let masks = MaskCache()

  /// - Parameter commonStates: how many states at the start of the table are those of the common rules.
  init(_ automaton: PushdownAutomaton, _ vocabulary: TokenVocabulary, commonStates: Int) {
    self.automaton = automaton
    self.vocabulary = vocabulary
    self.commonStates = commonStates
  }

  /// All tokens after which the grammar can go on from where `reader` is, end tokens where it may end.
  func mask(_ reader: GrammarReader) -> TokenMask {
    var mask = TokenMask(count: vocabulary.count)
    for stack in reader.stacks { add(stack, to: &mask) }
    if reader.isComplete { for token in vocabulary.endTokens { mask.insert(token) } }
    return mask
  }

  private func add(_ stack: [StackFrame], to mask: inout TokenMask) {
    var above: MaskPart?
    for height in stride(from: stack.count, to: 0, by: -1) {
      let part = part(stack[height - 1], height, above)
      if let tokens = part.mask { mask.formUnion(tokens) }
      for token in part.tokens { mask.insert(Int(token)) }
      if part.exits.isEmpty { break }
      above = part
    }
  }

  private func part(_ frame: StackFrame, _ height: Int, _ above: MaskPart?) -> MaskPart {
    let frame = rounded(frame)
    // A rule without calls needs no stack.
    let needsStack = automaton.states[Int(frame.state)].reachesCalls
    let budget = StackExploration.budget(atHeight: needsStack ? height : 1)
    let isCommon = above == nil && Int(frame.state) < commonStates
    return (isCommon ? vocabulary.commonMasks : masks).part(frame, budget: budget, above: above) {
      MaskPart(
        StackExploration(automaton, from: frame, budget: budget), from: above?.exits ?? [0], vocabulary.trie,
        vocabularySize: vocabulary.count)
    }
  }

  /// The frame with bounds that no token reaches made equal, so that all of these share a mask.
  private func rounded(_ frame: StackFrame) -> StackFrame {
    let longest = Int32(vocabulary.trie.longest) + 1
    var frame = frame
    frame.lower = min(frame.lower, longest)
    if frame.upper != RuleCall.unlimited { frame.upper = min(frame.upper, longest) }
    return frame
  }
}
