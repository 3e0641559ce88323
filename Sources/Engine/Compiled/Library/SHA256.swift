/// The hash of FIPS 180-4 with 256 bits: two texts with one hash are not known to anybody.
package struct SHA256 {
  private static let blockSize = 64
  /// The standard's H₀ to H₇.
  private var state = initialState

  /// The hash of bytes, as 64 hexadecimal digits.
  package static func hexadecimal(of bytes: some Collection<UInt8>) -> String {
    var hash = SHA256()
    hash.take(message: Array(bytes))
    return hash.state.indices.map { place in
      let digits = String(hash.state[place], radix: 16)
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

  private init() {}

  private mutating func take(message: [UInt8]) {
    let rest = message.suffix(message.count % Self.blockSize) + Self.padding(after: message.count)
    message.withUnsafeBytes { takeBlocks(of: $0) }
    rest.withUnsafeBytes { takeBlocks(of: $0) }
  }

  /// What follows a message, so that it fills blocks: a one, zeros, and the message's length in bits.
  private static func padding(after count: Int) -> [UInt8] {
    let zeros = (119 - count % blockSize) % blockSize
    let bits = UInt64(count) * 8
    return [0x80] + Array(repeating: 0, count: zeros)
      + (0..<8).map { UInt8(truncatingIfNeeded: bits >> UInt64(56 - 8 * $0)) }
  }

  /// Mixes the whole blocks among `bytes` into the state.
  private mutating func takeBlocks(of bytes: UnsafeRawBufferPointer) {
    Self.roundConstants.withUnsafeBufferPointer { constants in
      withUnsafeTemporaryAllocation(of: UInt32.self, capacity: constants.count) { schedule in
        for block in 0..<bytes.count / Self.blockSize {
          let start = block * Self.blockSize
          Self.fill(schedule, from: UnsafeRawBufferPointer(rebasing: bytes[start..<start + Self.blockSize]))
          state &+= Self.mixed(state, schedule, constants)
        }
      }
    }
  }

  /// Writes the 64 words of the message schedule, of which the first 16 are the block's.
  private static func fill(_ schedule: UnsafeMutableBufferPointer<UInt32>, from block: UnsafeRawBufferPointer) {
    for word in 0..<16 {
      schedule[word] = UInt32(bigEndian: block.loadUnaligned(fromByteOffset: 4 * word, as: UInt32.self))
    }
    for word in 16..<64 {
      let early = schedule[word - 15]
      let late = schedule[word - 2]
      let first = early.rotated(7) ^ early.rotated(18) ^ early >> 3
      let second = late.rotated(17) ^ late.rotated(19) ^ late >> 10
      schedule[word] = schedule[word - 16] &+ first &+ schedule[word - 7] &+ second
    }
  }

  /// The state after 64 rounds; both buffers have a word for each.
  private static func mixed(
    _ state: SIMD8<UInt32>, _ schedule: UnsafeMutableBufferPointer<UInt32>, _ constants: UnsafeBufferPointer<UInt32>
  ) -> SIMD8<UInt32> {
    var (a, b, c, d) = (state[0], state[1], state[2], state[3])
    var (e, f, g, h) = (state[4], state[5], state[6], state[7])
    // In each round every variable takes its neighbour's place; eight rounds bring them home, so none needs to be moved.
    for round in stride(from: 0, to: 64, by: 8) {
      func word(_ place: Int) -> UInt32 { constants[round + place] &+ schedule[round + place] }
      mix(a, b, c, &d, e, f, g, &h, word(0))
      mix(h, a, b, &c, d, e, f, &g, word(1))
      mix(g, h, a, &b, c, d, e, &f, word(2))
      mix(f, g, h, &a, b, c, d, &e, word(3))
      mix(e, f, g, &h, a, b, c, &d, word(4))
      mix(d, e, f, &g, h, a, b, &c, word(5))
      mix(c, d, e, &f, g, h, a, &b, word(6))
      mix(b, c, d, &e, f, g, h, &a, word(7))
    }
    return SIMD8(a, b, c, d, e, f, g, h)
  }

  /// A round with the standard's names: `d` becomes the next round's e, and `h` its a.
  @inline(__always)
  private static func mix(
    _ a: UInt32, _ b: UInt32, _ c: UInt32, _ d: inout UInt32, _ e: UInt32, _ f: UInt32, _ g: UInt32, _ h: inout UInt32,
    _ word: UInt32
  ) {
    let choice = (e & f) ^ (~e & g)
    let first = h &+ (e.rotated(6) ^ e.rotated(11) ^ e.rotated(25)) &+ choice &+ word
    let majority = (a & b) ^ (a & c) ^ (b & c)
    d &+= first
    h = first &+ (a.rotated(2) ^ a.rotated(13) ^ a.rotated(22)) &+ majority
  }

  /// The first 32 bits of the fractional parts of the square roots of the first 8 primes.
  private static let initialState = SIMD8(fractions(ofRoot: 2, count: 8))

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
    self &>> count | self &<< (32 - count)
  }
}
