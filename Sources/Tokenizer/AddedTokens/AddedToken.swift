/// A token that is cut out of the text before the rest is split and merged.
package struct AddedToken: Sendable, Equatable {
  /// The token's id.
  package var id: Int
  /// The text that it stands for.
  package var content: String
  /// Whether it is found only where no word character touches it.
  package var isSingleWord = false
  /// Whether it takes the white space in front of it.
  package var stripsLeft = false
  /// Whether it takes the white space behind it.
  package var stripsRight = false
  /// Whether it is looked for in normalized text, rather than in the text as given.
  package var isNormalized = false
  /// Whether decoding leaves it out when special tokens are skipped.
  package var isSpecial = false
}
