/// The hash of FIPS 180-4 with 256 bits: two texts with one hash are not known to anybody.
package struct SHA256 {
  private var state: [UInt32]  // [8]
  private var schedule = [UInt32](repeating: 0, count: 64)

  /// The hash of bytes, as 64 hexadecimal digits.
  package static func hexadecimal(of bytes: some Collection<UInt8>) -> String {
    var hash = SHA256()
    return hash.digest(of: Array(bytes)).map { word in
      let digits = String(word, radix: 16)
      return String(repeating: "0", count: 8 - digits.count) + digits
    }.joined()
  }

  /// Whether a text is one that ``hexadecimal(of:)`` can give.
  static func isHexadecimal(_ text: some StringProtocol) -> Bool {
    text.utf8.count == 64
      && text.utf8.allSatisfy {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains($0) || (UInt8(ascii: "a")...UInt8(ascii: "f")).contains($0)
      }
  }

  private init() {
    state = Self.fractions(ofRoot: 2, count: 8)
  }

  private mutating func digest(of bytes: [UInt8]) -> [UInt32] {
    let padding = Self.padding(after: bytes.count)
    let whole = bytes.count / 64 * 64
    bytes.withUnsafeBufferPointer { bytes in
      for block in stride(from: 0, to: whole, by: 64) { take(bytes[block..<block + 64]) }
    }
    let rest = Array(bytes[whole...]) + padding
    rest.withUnsafeBufferPointer { rest in
      for block in stride(from: 0, to: rest.count, by: 64) { take(rest[block..<block + 64]) }
    }
    return state
  }

  /// What follows a message, so that it fills blocks of 64 bytes: a one, zeros, and the message's length in bits.
  private static func padding(after count: Int) -> [UInt8] {
    let zeros = (119 - count % 64) % 64
    let bits = UInt64(count) * 8
    return [0x80] + Array(repeating: 0, count: zeros)
      + (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * $0)) }
  }

  /// Mixes a block of 64 bytes into the state.
  private mutating func take(_ block: Slice<UnsafeBufferPointer<UInt8>>) {
    for word in 0..<16 {
      schedule[word] = (0..<4).reduce(0) { $0 << 8 | UInt32(block[block.startIndex + 4 * word + $1]) }
    }
    for word in 16..<64 {
      let early = schedule[word - 15]
      let late = schedule[word - 2]
      let first = early.rotated(7) ^ early.rotated(18) ^ early >> 3
      let second = late.rotated(17) ^ late.rotated(19) ^ late >> 10
      schedule[word] = schedule[word - 16] &+ first &+ schedule[word - 7] &+ second
    }
    var mixed = state
    for round in 0..<64 {
      let e = mixed[4]
      let choice = (e & mixed[5]) ^ (~e & mixed[6])
      let turned = e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)
      let first = mixed[7] &+ turned &+ choice &+ Self.roundConstants[round] &+ schedule[round]
      let a = mixed[0]
      let majority = (a & mixed[1]) ^ (a & mixed[2]) ^ (mixed[1] & mixed[2])
      let second = (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)) &+ majority
      for place in (1..<8).reversed() { mixed[place] = mixed[place - 1] }
      mixed[4] &+= first
      mixed[0] = first &+ second
    }
    for place in 0..<8 { state[place] &+= mixed[place] }
  }

  /// The first 32 bits of the fractional parts of the cube roots of the first 64 primes.
  private static let roundConstants = fractions(ofRoot: 3, count: 64)

  /// The first 32 bits of the fractional parts of the square or cube roots of the first primes.
  private static func fractions(ofRoot degree: Int, count: Int) -> [UInt32] {
    primes(count).map { prime in
      // The greatest r with r to the degree ≤ prime · 2^(32 · degree), bit by bit: its low half is the fraction.
      let wanted = UInt128(prime) << UInt128(32 * degree)
      var root: UInt128 = 0
      for bit in (0..<36).reversed() {
        let next = root | 1 << UInt128(bit)
        if (0..<degree).reduce(UInt128(1), { product, _ in product * next }) <= wanted { root = next }
      }
      return UInt32(truncatingIfNeeded: root)
    }
  }

  private static func primes(_ count: Int) -> [Int] {
    var primes: [Int] = []
    var candidate = 2
    while primes.count < count {
      if primes.allSatisfy({ candidate % $0 != 0 }) { primes.append(candidate) }
      candidate += 1
    }
    return primes
  }
}

extension UInt32 {
  /// The bits moved to the right, those that leave coming back on the left.
  @inline(__always)
  fileprivate func rotated(_ count: UInt32) -> UInt32 {
    self >> count | self << (32 - count)
  }
}
