/// Finds the token with the highest score.
///
/// Tokens with equal rows have equal scores, so only the first of them is scored. Tokens on a parabola of one register, the
/// usual output of a machine that names its next token by a number, are not scored at all as long as that number is one of theirs.
struct SparseOutputHead: Sendable {
  private let parabola: TokenParabola?
  /// Rows that no other token before has, by their first token, all of them and those outside the parabola.
  private let allRows: ScoreRows
  private let otherRows: ScoreRows

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

  /// The token with the highest score, the lowest id among equals. A score that is not a number never wins.
  func best(_ registers: UnsafePointer<Double>) -> Int {
    if let first = parabola?.best(registers) { return otherRows.best(registers, startingWith: first).token }
    return allRows.best(registers, startingWith: ScoredToken(token: 0, score: -.infinity)).token
  }
}

/// A token and what its score adds up.
struct ScoreRow {
  let token: Int
  let products: [Product]
}

/// A token and its score.
struct ScoredToken {
  var token: Int
  var score: Double
}

/// Rows of the output head without their zeros, in ascending order of tokens.
struct ScoreRows: Sendable {
  private var tokens: [Int32] = []  // [rows]
  private var ends: [Int32] = []  // [rows]
  private var products: [SparseProgram.PackedProduct] = []

  init(_ rows: [ScoreRow], numbers: [Int]) {
    for row in rows {
      tokens.append(Int32(truncatingIfNeeded: row.token))
      for product in row.products {
        products.append(
          SparseProgram.PackedProduct(
            weight: product.weight, register: Int32(truncatingIfNeeded: numbers[product.register.index])))
      }
      ends.append(Int32(truncatingIfNeeded: products.count))
    }
  }

  /// The best of a token and the rows' own; the lowest id among equals.
  func best(_ registers: UnsafePointer<Double>, startingWith first: ScoredToken) -> ScoredToken {
    var best = first
    var index = 0
    products.withUnsafeBufferPointer { products in
      for row in tokens.indices {
        let end = Int(ends[row])
        var score = 0.0
        while index < end {
          score += products[index].weight * registers[Int(products[index].register)]
          index += 1
        }
        let token = Int(tokens[row])
        if score > best.score || (score == best.score && token < best.token) {
          best = ScoredToken(token: token, score: score)
        }
      }
    }
    return best
  }
}
