import InstructionSet

/// The first place where two traces differ.
struct TokenDifference {
  /// Counted from 0.
  let index: Int
  let expected: String
  let found: String

  /// nil where one trace is the other.
  init?(_ expected: [FullToken], _ found: [FullToken]) {
    guard expected != found else { return nil }
    let index = zip(expected, found).prefix { $0 == $1 }.reduce(0) { count, _ in count + 1 }
    self.index = index
    self.expected = index < expected.count ? expected[index].text : "the end"
    self.found = index < found.count ? found[index].text : "the end"
  }
}
