import Engine
import Testing

@Suite struct SHA256Tests {
  /// The examples of the standard.
  @Test func examplesHaveTheirHashes() {
    let million = Array(repeating: UInt8(ascii: "a"), count: 1_000_000)
    let longer = "abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"
    for (bytes, hash) in [
      ([], "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"),
      (Array("abc".utf8), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"),
      (Array(longer.utf8), "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1"),
      (million, "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0"),
    ] { #expect(SHA256.hexadecimal(of: bytes) == hash) }
  }

  /// Zero bytes, of NIST's additional examples: so many that the length just fits into the block, or no longer does.
  @Test func lengthsAtTheEndOfABlockHaveTheirHashes() {
    for (count, hash) in [
      (55, "02779466cdec163811d078815c633f21901413081449002f24aa3e80f0b88ef7"),
      (56, "d4817aa5497628e7c77e6b606107042bbba3130888c5f47a375e6179be789fbb"),
      (57, "65a16cb7861335d5ace3c60718b5052e44660726da4cd13bb745381b235a1785"),
      (64, "f5a5fd42d16a20302798ef6ed309979b43003d2320d9f0e8ea9831a92759fb4b"),
      (1000, "541b3e9daa09b20bf85fa273e5cbd3e80185aa4ec298e765db87742b70138a53"),
    ] { #expect(SHA256.hexadecimal(of: [UInt8](repeating: 0, count: count)) == hash, "\(count) bytes") }
  }

  /// Lengths around those at which the padding takes another block. The hash of all hashes is that of another implementation.
  @Test func everyPaddingIsRight() {
    let lengths = [1, 54, 55, 56, 57, 63, 64, 65, 118, 119, 120, 127, 128, 129, 1000]
    let hashes = lengths.map { length in
      SHA256.hexadecimal(of: (0..<length).map { UInt8(truncatingIfNeeded: $0 * 7 + length) })
    }
    #expect(
      SHA256.hexadecimal(of: Array(hashes.joined().utf8))
        == "4e2ce1020e6d073047f28e50cc735b5df7d15c5d3eccf3b42936bded36562834")
  }
}
