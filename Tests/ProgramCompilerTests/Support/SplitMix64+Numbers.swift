import RandomNumbers

extension SplitMix64 {
  /// A number of random length: small ones are as frequent as large ones, and a third is negative.
  mutating func number() -> UInt32 {
    let magnitude = UInt32.random(in: 0...UInt32.max, using: &self) >> UInt32.random(in: 0..<32, using: &self)
    return Int.random(in: 0..<3, using: &self) == 0 ? 0 &- magnitude : magnitude
  }
}
