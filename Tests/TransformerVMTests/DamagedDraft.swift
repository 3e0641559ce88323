import ProgramGenerator
import TransformerVM

/// A draft from a trace, damaged in a way.
struct DamagedDraft: TokenDraft {
  var tokens: ArraySlice<Int32>
  /// How many tokens there are to one wrong; 0 for none.
  var damage = 0
  var random = RandomSource(seed: 1)

  mutating func next() -> Int32? {
    guard let token = tokens.popFirst() else { return nil }
    guard damage > 0, random.isOnce(in: damage) else { return token }
    // Some are not even tokens.
    return Int32(random.number(in: -5...930))
  }
}
