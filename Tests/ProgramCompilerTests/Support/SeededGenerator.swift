/// SplitMix64: random numbers that a seed repeats.
struct SeededGenerator: RandomNumberGenerator {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    let first = (state ^ (state >> 30)) &* 0xBF58_476D_1CE4_E5B9
    let second = (first ^ (first >> 27)) &* 0x94D0_49BB_1331_11EB
    return second ^ (second >> 31)
  }

  /// A number of random length: small ones are as frequent as large ones, and a third is negative.
  mutating func number() -> UInt32 {
    let magnitude = UInt32.random(in: 0...UInt32.max, using: &self) >> UInt32.random(in: 0..<32, using: &self)
    return Int.random(in: 0..<3, using: &self) == 0 ? 0 &- magnitude : magnitude
  }
}
