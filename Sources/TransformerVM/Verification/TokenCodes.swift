import InstructionSet

/// The ids of tokens, faster than a dictionary: the common ones by arithmetic.
struct TokenCodes: Sendable {
  private let vocabulary: Vocabulary
  private let bytes: [Int32]
  private let markedBytes: [Int32]

  init(_ vocabulary: Vocabulary) {
    self.vocabulary = vocabulary
    func ids(marked: Bool) -> [Int32] {
      (0...255).map { Int32(truncatingIfNeeded: vocabulary.id(of: .byte($0, marked: marked)) ?? -1) }
    }
    bytes = ids(marked: false)
    markedBytes = ids(marked: true)
  }

  /// A token's id; −1 for one that the vocabulary lacks.
  func id(of token: Token) -> Int32 {
    if case .byte(let byte, let marked) = token { return marked ? markedBytes[Int(byte)] : bytes[Int(byte)] }
    return Int32(truncatingIfNeeded: vocabulary.id(of: token) ?? -1)
  }
}
