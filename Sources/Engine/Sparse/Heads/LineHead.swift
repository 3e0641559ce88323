import Transformer

/// A head whose keys differ in one coordinate only: the greatest or the smallest key wins, by the sign of the query.
///
/// It covers running means (every key the same, or 0 at the first token) and "the latest token that is not hidden".
struct LineHead: Sendable {
  /// The registers of the coordinate in which keys differ, of the query's same coordinate, and of the values.
  let key: Int
  let query: Int
  let values: (x: Int, y: Int)
  /// Where the result goes: this register and the next.
  let destination: Int
  let rule: TransformerLayer.TieRule
  /// What the weights prove about the head, for those who ask.
  let use: HeadUse
}

/// What a line head remembers, whatever the number of keys. Compiled code reads and writes it.
struct LineMemory: Sendable {
  private var highest = TiedSum(key: -.infinity)
  private var lowest = TiedSum(key: .infinity)
  private var all = TiedSum(key: 0)

  /// Takes in a key and its value.
  @inline(__always)
  mutating func insert(key: Double, value: SIMD2<Double>, rule: TransformerLayer.TieRule) {
    let key = key.clampedToFinite
    if key >= highest.key { highest.merge(key: key, value: value, rule: rule) }
    if key <= lowest.key { lowest.merge(key: key, value: value, rule: rule) }
    all.merge(key: 0, value: value, rule: rule)
  }

  /// What a query attends to. One of 0 lets all keys tie, as one that is not a number does.
  @inline(__always)
  func query(_ query: Double) -> SIMD2<Double> {
    query > 0 ? highest.mean : query < 0 ? lowest.mean : all.mean
  }
}

/// The values of equal keys: their sum in the order of positions, or the latest alone.
private struct TiedSum: Sendable {
  private(set) var key: Double
  // Two numbers rather than a vector, so that C has the same structure.
  private var x = 0.0
  private var y = 0.0
  private var count = 0.0

  init(key: Double) {
    self.key = key
  }

  /// Adds the value of an equal key; one of another key takes the place of all.
  @inline(__always)
  mutating func merge(key newKey: Double, value: SIMD2<Double>, rule: TransformerLayer.TieRule) {
    if rule == .average, newKey == key {
      x += value.x
      y += value.y
      count += 1
    } else {
      key = newKey
      x = value.x
      y = value.y
      count = 1
    }
  }

  var mean: SIMD2<Double> { SIMD2(x, y) / count }
}

extension Double {
  /// What head caches take a number for: NaN is 0, an infinity the greatest finite number of its sign.
  @inline(__always)
  var clampedToFinite: Double {
    if isFinite { return self }
    return isNaN ? 0 : self < 0 ? -.greatestFiniteMagnitude : .greatestFiniteMagnitude
  }
}
