import InstructionSet

/// The ids of tokens, faster than a dictionary: the common ones by arithmetic.
struct TokenCodes: Sendable {
  private let vocabulary: Vocabulary
  private let bytes: [Int32]
  private let markedBytes: [Int32]
  private let commits: [Int32]  // [effects, stores, branch]

  private static let effects = -2...1

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    func ids(marked: Bool) -> [Int32] {
      (0...255).map { Int32(truncatingIfNeeded: vocabulary.id(of: .byte($0, marked: marked)) ?? -1) }
    }
    bytes = ids(marked: false)
    markedBytes = ids(marked: true)
    commits = Self.effects.flatMap { effect in
      [(false, false), (false, true), (true, false), (true, true)].map { stores, branch in
        Int32(truncatingIfNeeded: vocabulary.id(of: .commit(effect, stores: stores, branch: branch)) ?? -1)
      }
    }
  }

  /// A token's id; −1 for one that the vocabulary lacks.
  func id(of token: Token) -> Int32 {
    switch token {
    case .byte(let byte, let marked): return marked ? markedBytes[Int(byte)] : bytes[Int(byte)]
    case .commit(let effect, let stores, let branch) where Self.effects.contains(effect):
      return commits[4 * (effect - Self.effects.lowerBound) + (stores ? 2 : 0) + (branch ? 1 : 0)]
    default: return Int32(truncatingIfNeeded: vocabulary.id(of: token) ?? -1)
    }
  }
}
