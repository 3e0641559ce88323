extension SIMD16<Float> {
  /// eˣ for x clamped to −87…88, within one unit in the last place; exactly 1 at 0.
  ///
  /// x is n·ln 2 + r with |r| ≤ ln 2 / 2; eʳ is a polynomial of degree six, and n enters the exponent's bits.
  var exponential: Self {
    let clamped = pointwiseMin(pointwiseMax(self, Self(repeating: -87)), Self(repeating: 88))
    // Adding 1.5·2²³ rounds to an integer and leaves it in the low bits.
    let shift = Self(repeating: 12_582_912)
    let shifted = shift.addingProduct(clamped, Self(repeating: 1.442_695_04))
    let n = shifted - shift
    var r = clamped.addingProduct(n, Self(repeating: -0.693_145_751_953_125))
    r = r.addingProduct(n, Self(repeating: -1.428_606_765_330_187e-06))
    var p = Self(repeating: 0.001_395_059_982_314_705_8)
    p = Self(repeating: 0.008_368_954_062_461_853).addingProduct(p, r)
    p = Self(repeating: 0.041_666_205_972_433_09).addingProduct(p, r)
    p = Self(repeating: 0.166_665_181_517_601).addingProduct(p, r)
    p = Self(repeating: 0.5).addingProduct(p, r)
    let power = r.addingProduct(r * r, p) + 1
    let exponent = (unsafeBitCast(shifted, to: SIMD16<Int32>.self) &- 0x4b40_0000) &<< 23
    return unsafeBitCast(unsafeBitCast(power, to: SIMD16<Int32>.self) &+ exponent, to: Self.self)
  }

  /// x · 1 / (1 + e⁻ˣ).
  var silu: Self {
    self / (negated.exponential + 1)
  }

  /// x · Φ(x), Φ being the normal distribution's; its absolute error is below |x| · 10⁻⁷.
  var gelu: Self {
    // erfc(z) = t · P(t) · exp(−z²) with t = 1 / (1 + 0.3275911 z), fitted for z from 0 to 6.
    let z = pointwiseMax(self, negated) * 0.707_106_77
    let t = 1 / Self(repeating: 1).addingProduct(z, Self(repeating: 0.327_591_1))
    var p = Self(repeating: -0.298_450_827_598_571_8)
    p = Self(repeating: 1.504_820_346_832_275_4).addingProduct(p, t)
    p = Self(repeating: -2.085_552_692_413_33).addingProduct(p, t)
    p = Self(repeating: 2.040_107_965_469_360_4).addingProduct(p, t)
    p = Self(repeating: -0.749_069_631_099_700_9).addingProduct(p, t)
    p = Self(repeating: 0.431_104_630_231_857_3).addingProduct(p, t)
    p = Self(repeating: 0.157_040_178_775_787_35).addingProduct(p, t)
    let tail = p * t * (z * z).negated.exponential * 0.5
    return self * tail.replacing(with: 1 - tail, where: self .>= 0)
  }

  /// x · (1 + tanh(√(2/π) · (x + 0.044715 x³))) / 2, which is x · sigmoid of twice that angle.
  var geluTanh: Self {
    let cubed = self * self * self
    let angle = addingProduct(cubed, Self(repeating: 0.044_715)) * 1.595_769_12
    return self / (angle.negated.exponential + 1)
  }

  /// max(x, 0).
  var relu: Self {
    self.replacing(with: 0, where: self .< 0)
  }
}
