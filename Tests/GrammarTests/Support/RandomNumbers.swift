import Foundation

/// A generator whose numbers follow from a seed (SplitMix64).
struct RandomNumbers: RandomNumberGenerator {
  /// The default seed, or that of the environment variable `TVM_SEED`.
  static let seed = ProcessInfo.processInfo.environment["TVM_SEED"].flatMap(UInt64.init) ?? 20_261_121

  private var state: UInt64

  init(seed: UInt64 = Self.seed, stream: Int = 0) { state = seed &+ UInt64(bitPattern: Int64(stream)) &* 0x9E37_79B9 }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ mixed >> 27) &* 0x94D0_49BB_1331_11EB
    return mixed ^ mixed >> 31
  }

  mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }

  mutating func below(_ bound: Int) -> Int { Int.random(in: 0..<bound, using: &self) }
}
