/// Tokens whose score is 2 · p · u + (c − p²) · one for a number p of their own, so that the best has the p nearest to u.
///
/// Where `one` is 1 and u an integer, every score is an integer that binary64 holds, rounded nowhere; the token with p = u
/// scores u² + c, all others at least 1 less.
struct TokenParabola: Sendable {
  /// The tokens that lie on it.
  let tokens: Set<Int>
  let choice: Int
  let one: Int
  let constant: Double
  let firstNumber: Int
  /// The token of each number from `firstNumber` on, −1 where there is none.
  let tokenOfNumber: [Int32]

  /// Greater values of p and u are left to the scores themselves: below it p², 2 · p · u and their sums are less than 2⁵³.
  static let limit = 0x1p20

  /// The parabola on which most of the rows lie, if there is one. Rows must be different and in ascending order of tokens.
  init?(_ rows: [ScoreRow], numbers: [Int]) {
    guard let kind = Self.commonKind(rows) else { return nil }
    var tokenOfNumber: [Int: Int] = [:]
    for row in rows {
      if let number = kind.number(of: row) { tokenOfNumber[number] = row.token }
    }
    guard let lowest = tokenOfNumber.keys.min(), let highest = tokenOfNumber.keys.max(),
      highest - lowest <= 64 * rows.count + 65536
    else { return nil }
    tokens = Set(tokenOfNumber.values)
    choice = numbers[kind.choice.index]
    one = numbers[kind.one.index]
    constant = kind.constant
    firstNumber = lowest
    self.tokenOfNumber = (lowest...highest).map { Int32(truncatingIfNeeded: tokenOfNumber[$0] ?? -1) }
  }

  /// The best of the parabola's tokens and its score, when the registers meet the conditions for an exact answer.
  @inline(__always)
  func best(_ registers: UnsafePointer<Double>) -> ScoredToken? {
    let wanted = registers[choice]
    guard registers[one] == 1, abs(wanted) <= Self.limit, wanted == wanted.rounded() else { return nil }
    let place = Int(wanted) - firstNumber
    guard tokenOfNumber.indices.contains(place), tokenOfNumber[place] >= 0 else { return nil }
    return ScoredToken(token: Int(tokenOfNumber[place]), score: wanted * wanted + constant)
  }

  /// The kind that most rows of two products share. An order of all kinds decides between equally common ones.
  private static func commonKind(_ rows: [ScoreRow]) -> Kind? {
    var counts: [Kind: Int] = [:]
    for row in rows where row.products.count == 2 {
      for (choice, one) in [(row.products[0], row.products[1]), (row.products[1], row.products[0])] {
        if let kind = Kind(choice: choice, one: one) { counts[kind, default: 0] += 1 }
      }
    }
    let most = counts.max { ($0.value, $1.key) < ($1.value, $0.key) }
    return most.flatMap { $0.value > 1 ? $0.key : nil }
  }

  /// What the tokens of one parabola have in common.
  private struct Kind: Hashable, Comparable {
    let choice: Register
    let one: Register
    let constant: Double

    /// The kind of a row of two products, read with given roles; nil when p is no integer within the limit.
    init?(choice: Product, one: Product) {
      guard let number = Self.number(choice), abs(one.weight) <= 0x1p41 else { return nil }
      self.choice = choice.register
      self.one = one.register
      constant = one.weight + number * number
      guard constant == constant.rounded(), abs(constant) <= 0x1p41 else { return nil }
    }

    private static func number(_ choice: Product) -> Double? {
      let number = choice.weight / 2
      return number == number.rounded() && abs(number) <= TokenParabola.limit ? number : nil
    }

    /// The number p of a row of this kind, nil for a row of another.
    func number(of row: ScoreRow) -> Int? {
      var number = 0.0
      var height = 0.0
      for product in row.products {
        if product.register == choice {
          guard let own = Self.number(product) else { return nil }
          number = own
        } else if product.register == one {
          height = product.weight
        } else {
          return nil
        }
      }
      return height == constant - number * number && row.products.count <= 2 ? Int(number) : nil
    }

    static func < (left: Kind, right: Kind) -> Bool {
      (left.choice, left.one, left.constant) < (right.choice, right.one, right.constant)
    }
  }
}
