/// Random numbers for sampling (SplitMix64): the same ones for the same seed, on every machine.
struct SamplingRandom {
  private var state: UInt64

  init(seed: UInt64) {
    state = seed
  }

  private mutating func bits() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A number from 0 to 1, 1 excluded.
  mutating func unit() -> Float {
    Float(bits() >> 40) * 0x1p-24
  }
}
