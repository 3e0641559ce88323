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
