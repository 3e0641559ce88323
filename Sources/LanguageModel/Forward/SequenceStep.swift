/// What one forward pass does for one sequence: some tokens after those that its cache holds.
package struct SequenceStep {
  /// Which of the tokens' logits are wanted.
  package enum Logits {
    case none, last, all
  }

  /// Where the sequence's keys and values are; advanced when the pass is done.
  package var cache: any KeyValueStorage
  /// The tokens to compute; at least one.
  package var tokens: [Int]
  package var logits: Logits

  package init(_ tokens: [Int], cache: any KeyValueStorage, logits: Logits = .last) {
    self.tokens = tokens
    self.cache = cache
    self.logits = logits
  }

  /// How many of the last tokens' logits are wanted.
  var logitCount: Int {
    switch logits {
    case .none: 0
    case .last: 1
    case .all: tokens.count
    }
  }
}

/// A step's place among the positions of a pass.
final class SequencePlan {
  let step: SequenceStep
  /// The positions of the pass that are this sequence's.
  let rows: Range<Int>
  /// The first token's position in its sequence.
  let start: Int
  /// The addresses of the blocks, for the attention kernel.
  let blocks: UnsafeMutableBufferPointer<UnsafeRawPointer>

  init(_ step: SequenceStep, firstRow: Int, blocks addresses: [UnsafeMutableRawPointer]) {
    self.step = step
    rows = firstRow..<firstRow + step.tokens.count
    start = step.cache.count
    blocks = .allocate(capacity: addresses.count)
    _ = blocks.initialize(from: addresses.map { UnsafeRawPointer($0) })
  }

  deinit {
    blocks.deallocate()
  }
}
