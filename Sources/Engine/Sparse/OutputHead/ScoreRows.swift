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
  private(set) var tokens: [Int32] = []  // [rows]
  private(set) var ends: [Int32] = []  // [rows]
  private(set) var products: [SparseProgram.PackedProduct] = []

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
