extension SIMD2<Double> {
  /// This point if both components are finite; otherwise NaN becomes 0, and an infinity the greatest finite number
  /// of its sign.
  @inline(__always)
  var clampedToFinite: SIMD2<Double> {
    // The difference is 0 for a finite component and NaN for any other.
    if x - x == 0, y - y == 0 { return self }
    return SIMD2(Self.clampToFinite(x), Self.clampToFinite(y))
  }

  private static func clampToFinite(_ component: Double) -> Double {
    if component.isNaN { return 0 }
    let limit = Double.greatestFiniteMagnitude
    return Swift.min(Swift.max(component, -limit), limit)
  }
}
