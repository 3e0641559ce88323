import Kernels
import RandomNumbers

extension SplitMix64 {
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
