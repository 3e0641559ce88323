/// Random numbers that are the same for the same seed, on every machine (Steele, Lea, Flood 2014).
///
/// ```swift
/// var random = SplitMix64(seed: 7)
/// let coin = Bool.random(using: &random)
/// ```
package struct SplitMix64: RandomNumberGenerator, Hashable, Sendable {
  /// What the next number follows from: a generator with this seed goes on where this one is.
  package private(set) var state: UInt64

  package init(seed: UInt64) {
    state = seed
  }

  package mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// A number from 0 up to, not including, 1.
  package mutating func fraction() -> Double {
    Double(next() >> 11) * 0x1p-53
  }

  /// An index below `count`, which is at least 1.
  package mutating func index(below count: Int) -> Int {
    Int(next() % UInt64(count))
  }
}
