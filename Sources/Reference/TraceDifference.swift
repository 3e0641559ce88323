public import InstructionSet

/// The first place where two traces differ.
public struct TraceDifference: Hashable, Sendable, CustomStringConvertible {
  /// Counted from 0.
  public let index: Int
  /// nil where the expected trace is over.
  public let expected: Token?
  /// nil where the other trace is over.
  public let found: Token?

  package init(index: Int, expected: Token?, found: Token?) {
    self.index = index
    self.expected = expected
    self.found = found
  }

  public var description: String {
    "token \(index): expected \(Self.name(expected)), found \(Self.name(found))"
  }

  private static func name(_ token: Token?) -> String {
    token.map { "'\($0.text)'" } ?? "the end"
  }

  /// Compares two traces token by token; nil when they are equal.
  public static func first(
    expected: some Sequence<Token>, found: some Sequence<Token>
  ) -> TraceDifference? {
    var expectedTokens = expected.makeIterator()
    var foundTokens = found.makeIterator()
    var index = 0
    while true {
      let pair = (expectedTokens.next(), foundTokens.next())
      if pair.0 != pair.1 { return TraceDifference(index: index, expected: pair.0, found: pair.1) }
      if pair.0 == nil { return nil }
      index += 1
    }
  }
}
