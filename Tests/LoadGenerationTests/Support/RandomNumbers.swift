/// A reproducible source of random numbers (xorshift64*).
struct RandomNumbers: RandomNumberGenerator {
  /// What every test begins with.
  static let seed: UInt64 = 20_261_121

  private var state = seed

  mutating func next() -> UInt64 {
    state ^= state >> 12
    state ^= state << 25
    state ^= state >> 27
    return state &* 0x2545_f491_4f6c_dd1d
  }
}
