import RandomNumbers

/// Where a program has random bytes from.
public enum HostRandom: Hashable, Sendable {
  /// The bytes that follow from a number by the generator SplitMix64 (Steele, Lea, Flood 2014).
  case seeded(UInt64)
  /// The operating system's.
  case system

  mutating func bytes(_ count: Int) -> [UInt8] {
    var bytes: [UInt8] = []
    bytes.reserveCapacity(count)
    while bytes.count < count {
      let word = next()
      for index in 0..<UInt64(min(8, count - bytes.count)) {
        bytes.append(UInt8(truncatingIfNeeded: word >> (8 * index)))
      }
    }
    return bytes
  }

  private mutating func next() -> UInt64 {
    guard case .seeded(let state) = self else {
      var generator = SystemRandomNumberGenerator()
      return generator.next()
    }
    var generator = SplitMix64(seed: state)
    defer { self = .seeded(generator.state) }
    return generator.next()
  }
}
