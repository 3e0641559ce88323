import Kernels

/// A reproducible source of random numbers (SplitMix64).
struct RandomNumbers: RandomNumberGenerator {
  /// What every test begins with, unless it says otherwise.
  static let seed: UInt64 = 20_251_121

  private var state: UInt64

  init(seed: UInt64 = seed) {
    state = seed
  }

  mutating func next() -> UInt64 {
    state &+= 0x9e37_79b9_7f4a_7c15
    var mixed = state
    mixed = (mixed ^ mixed >> 30) &* 0xbf58_476d_1ce4_e5b9
    mixed = (mixed ^ mixed >> 27) &* 0x94d0_49bb_1331_11eb
    return mixed ^ mixed >> 31
  }

  /// Numbers between −scale and scale, one in sixteen of them zero.
  mutating func floats(_ count: Int, scale: Float = 1) -> [Float] {
    (0..<count).map { _ in
      Int.random(in: 0..<16, using: &self) == 0 ? 0 : Float.random(in: -scale...scale, using: &self)
    }
  }

  /// Finite 16-bit floats, subnormal ones and zeros among them.
  mutating func storedFloats(_ count: Int) -> [UInt16] {
    (0..<count).map { _ in
      let bits = UInt16.random(in: 0...UInt16.max, using: &self)
      // bf16 near 1, binary16 anywhere but at infinity.
      return bits & 0x8000 | UInt16(0x3800) &+ bits & 0x3ff
    }
  }

  /// Values from −127 to 127.
  mutating func int8s(_ count: Int) -> [Int8] {
    (0..<count).map { _ in Int8.random(in: -127...127, using: &self) }
  }
}

extension [Float] {
  /// What is compared where every bit must be the same.
  var bits: [UInt32] { map(\.bitPattern) }
}

extension Kernels {
  /// The version for a unit that `VectorUnit.available` has.
  static func of(_ unit: VectorUnit) -> Kernels { Kernels(unit) ?? .plain }
}
