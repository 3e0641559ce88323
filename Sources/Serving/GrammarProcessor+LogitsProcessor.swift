package import Grammar

/// A grammar restricts a request as any processor changes its logits.
extension GrammarProcessor: LogitsProcessor {}
