/// Finds the token with the highest score.
///
/// Tokens with equal rows have equal scores, so only the first of them is scored. Tokens on a parabola of one register, the
/// usual output of a machine that names its next token by a number, are not scored at all as long as that number is one of theirs.
struct SparseOutputHead: Sendable {
  let parabola: TokenParabola?
  /// Rows that no other token before has, by their first token, all of them and those outside the parabola.
  let allRows: ScoreRows
  let otherRows: ScoreRows

  /// - Parameters:
  ///   - scores: What each token's score adds up, in order.
  ///   - numbers: The number in the program of each definition's register.
  init(_ scores: [[Product]], numbers: [Int]) {
    var seen: Set<[Product]> = []
    let rows = scores.enumerated().filter { seen.insert($0.element).inserted }.map { ScoreRow(token: $0, products: $1) }
    let parabola = TokenParabola(rows, numbers: numbers)
    self.parabola = parabola
    allRows = ScoreRows(rows, numbers: numbers)
    otherRows = ScoreRows(rows.filter { parabola?.tokens.contains($0.token) != true }, numbers: numbers)
  }

  /// The registers that are read.
  var registers: Set<Int> { Set(allRows.products.map { Int($0.register) }) }

  /// The token with the highest score, the lowest id among equals. A score that is not a number never wins.
  func best(_ registers: UnsafePointer<Double>) -> Int {
    if let first = parabola?.best(registers) { return otherRows.best(registers, startingWith: first).token }
    return allRows.best(registers, startingWith: ScoredToken(token: 0, score: -.infinity)).token
  }
}
