import RandomNumbers

/// Sequences of keys that have broken hulls, or could.
enum KeyPattern: String, CaseIterable, Sendable {
  case square
  case circle
  case smallGrid
  case collinear
  case nearlyCollinear
  case vertical
  case horizontal
  case fewPoints
  case onePoint
  case positions
  case descendingPositions
  case addresses
  case farAddresses
  case penalised
  case wipedOut
  case huge
  case subnormal
  case randomBits
  case mixedScales

  /// `count` keys.
  func keys(_ count: Int, _ random: inout SplitMix64) -> [SIMD2<Double>] {
    let origin = Self.integerPoint(50, &random)
    let direction = Self.integerPoint(5, &random)
    return (0..<count).map { key(at: $0, of: count, origin, direction, &random) }
  }

  private func key(
    at t: Int, of count: Int, _ origin: SIMD2<Double>, _ direction: SIMD2<Double>, _ random: inout SplitMix64
  ) -> SIMD2<Double> {
    let far = Double.greatestFiniteMagnitude
    switch self {
    case .square: return Self.point(in: -1...1, &random)
    case .circle:
      let tangent = Double.random(in: -4...4, using: &random)
      return SIMD2(1 - tangent * tangent, 2 * tangent) / (1 + tangent * tangent)
    case .smallGrid: return Self.integerPoint(6, &random)
    case .collinear: return origin + direction * Double(Int.random(in: -30...30, using: &random))
    case .nearlyCollinear: return SIMD2(0.1, 0.7) + SIMD2(1, 0.3) * Double.random(in: -3...3, using: &random)
    case .vertical:
      return SIMD2(Double(Int.random(in: 0...1, using: &random)), Double(Int.random(in: -9...9, using: &random)))
    case .horizontal: return SIMD2(2 * Double(t), t == 0 ? 0 : 1)
    case .fewPoints: return Self.integerPoint(1, &random) * SIMD2(3, 0x1p62)
    case .onePoint: return SIMD2(0, t == 0 ? 0 : 1)
    case .positions: return Self.parabola(t, at: t)
    case .descendingPositions: return Self.parabola(count - t, at: t)
    case .addresses: return Self.parabola(Int.random(in: 0...40, using: &random), at: t)
    case .farAddresses: return Self.parabola(8_388_600 + Int.random(in: 0...9, using: &random), at: t)
    case .penalised:
      var key = Self.parabola(Int.random(in: 0...40, using: &random), at: t)
      if !t.isMultiple(of: 3) { key.y -= 1e30 * Double(Int.random(in: 1...2, using: &random)) }
      return key
    case .wipedOut:
      // A parabola, of which a point above the others takes away all but the ends now and then.
      if t % 60 == 59 { return SIMD2(2 * Double(count / 2), Double(t) * 1e6) }
      return Self.parabola((t * 37) % count, at: t)
    case .huge: return Self.integerPoint(2, &random) * (far / 2)
    case .subnormal: return Self.integerPoint(3, &random) * Double.leastNonzeroMagnitude
    case .randomBits: return SIMD2(random.finiteDouble(), random.finiteDouble())
    case .mixedScales:
      let scales = [1.0, 1e-300, 1e30, 0x1p62, far / 8, 0]
      return Self.integerPoint(8, &random)
        * SIMD2(scales.randomElement(using: &random) ?? 1, scales.randomElement(using: &random) ?? 1)
    }
  }

  /// The key of a lookup by the integer `k`, written at position `t`, with the term that prefers the later of two
  /// writes.
  static func parabola(_ k: Int, at t: Int) -> SIMD2<Double> {
    SIMD2(2 * Double(k), -Double(k) * Double(k) + recency(t))
  }

  /// Increases with the position, ever more slowly, as 0.3 · inv_log_pos does.
  static func recency(_ t: Int) -> Double {
    0.4 - 0.3 / (1 + Double(t + 2).squareRoot())
  }

  /// Queries that ask for ties: multiples of the axes, normals of differences between keys, and a few others.
  static func queries(for keys: ArraySlice<SIMD2<Double>>, _ random: inout SplitMix64) -> [SIMD2<Double>] {
    var queries: [SIMD2<Double>] = [.zero, SIMD2(1, 0), SIMD2(-1, 0), SIMD2(0, 1), SIMD2(0, -1)]
    for _ in 0..<4 {
      if let a = keys.randomElement(using: &random), let b = keys.randomElement(using: &random) {
        let difference = a - b
        queries.append(SIMD2(-difference.y, difference.x))
        queries.append(SIMD2(difference.y, -difference.x))
        queries.append(SIMD2(a.x / 2, 1))
      }
    }
    queries.append(SIMD2(Double(Int.random(in: -5...50, using: &random)), 1))
    queries.append(point(in: -1...1, &random))
    queries.append(SIMD2(random.finiteDouble(), random.finiteDouble()))
    return queries
  }

  private static func point(in range: ClosedRange<Double>, _ random: inout SplitMix64) -> SIMD2<Double> {
    SIMD2(Double.random(in: range, using: &random), Double.random(in: range, using: &random))
  }

  private static func integerPoint(_ limit: Int, _ random: inout SplitMix64) -> SIMD2<Double> {
    SIMD2(
      Double(Int.random(in: -limit...limit, using: &random)), Double(Int.random(in: -limit...limit, using: &random)))
  }
}
