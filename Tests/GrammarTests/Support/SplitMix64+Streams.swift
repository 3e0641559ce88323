import RandomNumbers
import TestSupport

extension SplitMix64 {
  /// Numbers that follow from the tests' seed and the number of a case.
  init(stream: Int) {
    self.init(seed: Self.testSeed &+ UInt64(bitPattern: Int64(stream)) &* 0x9E37_79B9)
  }

  mutating func chance(_ percent: Int) -> Bool { index(below: 100) < percent }

  mutating func below(_ bound: Int) -> Int { index(below: bound) }
}
