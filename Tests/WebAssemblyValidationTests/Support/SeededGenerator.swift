import Foundation

/// Random numbers that a seed decides (SplitMix64), so that a failure can be repeated.
struct SeededGenerator: RandomNumberGenerator {
  /// The seed of this run: `TVM_SEED` where it is set, else a fixed one.
  static let seed = ProcessInfo.processInfo.environment["TVM_SEED"].flatMap(UInt64.init) ?? 20_260_611

  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A random index into `elements`, which must not be empty.
  mutating func pick<Element>(from elements: [Element]) -> Element {
    elements[Int.random(in: 0..<elements.count, using: &self)]
  }

  /// `count` random bytes.
  mutating func bytes(_ count: Int) -> [UInt8] {
    (0..<count).map { _ in UInt8(truncatingIfNeeded: next()) }
  }
}
