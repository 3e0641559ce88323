import RandomNumbers

/// Random numbers for sampling: the same ones for the same seed, on every machine.
struct SamplingRandom {
  private var bits: SplitMix64

  init(seed: UInt64) {
    bits = SplitMix64(seed: seed)
  }

  /// A number from 0 to 1, 1 excluded.
  mutating func unit() -> Double {
    Double(bits.next() >> 11) * 0x1p-53
  }
}
