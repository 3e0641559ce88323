extension Module {
  /// Decodes the WebAssembly binary format: version 1.0 with sign extension, multi-value, saturating conversions and bulk
  /// memory.
  ///
  /// Any bytes at all end in a module or in an error. Only the format is checked; see ``Module``.
  /// - Throws: The first thing that is malformed, with its offset.
  /// - Complexity: Time and memory proportional to `bytes.count`, whatever lengths the bytes claim.
  public init(decoding bytes: [UInt8]) throws(DecodingError) {
    var decoder = ModuleDecoder(bytes)
    self = try decoder.decode()
  }
}
