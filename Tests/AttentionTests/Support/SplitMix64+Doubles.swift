import RandomNumbers

extension SplitMix64 {
  /// A finite number with random bits: all magnitudes are about equally likely.
  mutating func finiteDouble() -> Double {
    while true {
      let number = Double(bitPattern: next())
      if number.isFinite { return number }
    }
  }
}
