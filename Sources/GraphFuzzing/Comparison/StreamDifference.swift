/// The first number that a model computes otherwise than the graph that it was made from, and where.
package struct StreamDifference: Hashable, Sendable {
  package enum Place: Hashable, Sendable {
    /// A head reads something else.
    case head(HeadDifference)
    /// A slot holds something else at a boundary.
    case slot(Int, boundary: Int, meaning: String, found: Double, expected: Double)
    /// Everything is the same but the token.
    case prediction(found: Int, expected: Int)
  }

  /// The token after which it happens, counted from 0.
  package let position: Int
  package let place: Place
}

extension StreamDifference {
  /// One line.
  ///
  /// - Parameters:
  ///   - name: how the token at a position is written.
  ///   - token: how a token is written, by its id.
  package func text(_ name: (Int) -> String, token: (Int) -> String) -> String {
    let what =
      switch place {
      case .head(let head): head.text(name)
      case .slot(let slot, let boundary, let meaning, let found, let expected):
        "slot \(slot) (\(meaning)) is \(found.short), not \(expected.short), \(Self.text(boundary: boundary))"
      case .prediction(let found, let expected):
        "every number is right, but \(token(found)) is predicted, not \(token(expected))"
      }
    return "position \(position) (\(name(position))): \(what)"
  }

  private static func text(boundary: Int) -> String {
    if boundary == 0 { return "in the embedding" }
    return "behind \(boundary % 2 == 1 ? "attention" : "the feed-forward block") of layer \((boundary - 1) / 2)"
  }
}
