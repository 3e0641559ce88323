/// What a key must be for a head to be searched by number: (2k, e − k²) with an integer k in 0 ..< `limit` and a small term
/// 0 ≤ e ≤ ½ that prefers later keys, or hidden so far below all such keys that no query can find it.
///
/// For a query (a, b) with b > 0 and q = a / b, such a key scores −(q − k)² + e, but for a factor and a term common to all. A key nearer to
/// q by 1, on the same side, leads by at least 2 · ⅛ + 1 − ½; one within ⅛ of q leads all other numbers by at least
/// (⅞)² − (⅛)² − ½. So the winner is the key at the integer nearest to q, when q is that close to one and the key exists;
/// otherwise the better of q's two neighbours among the keys. Among equal numbers the greatest e wins.
enum IntegerKey {
  /// Numbers below this have squares that leave e at least one binary digit after the point.
  static let limit = 1 << 26
  /// The greatest e.
  static let greatestExcess = 0.5
  /// How far from an integer a query may be to be taken for one.
  static let tolerance = 0.125
  /// The greatest magnitude of q: beyond it hidden keys might win.
  static let queryLimit = 0x1p40
  /// A hidden key's second coordinate is this or less, and its first of a magnitude up to `hiddenReach`: it scores less than −9 · 10²⁸ where
  /// the worst visible key scores more than −2⁶⁸.
  static let hiddenHeight = -1e29
  static let hiddenReach = 0x1p50

  /// Whether a key is hidden.
  @inline(__always)
  static func isHidden(_ key: SIMD2<Double>) -> Bool {
    key.y <= hiddenHeight && key.y >= -.greatestFiniteMagnitude && abs(key.x) <= hiddenReach
  }

  /// The number k of a visible key, nil when it is no such key.
  @inline(__always)
  static func number(of key: SIMD2<Double>) -> Int? {
    let number = key.x / 2
    guard number >= 0, number < Double(limit) else { return nil }
    let whole = Int(number)
    guard number == Double(whole) else { return nil }
    // Exact whenever it lies in the range: then the two have nearly the same magnitude.
    let excess = key.y + number * number
    return excess >= 0 && excess <= greatestExcess ? whole : nil
  }
}
